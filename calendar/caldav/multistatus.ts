import { SaxesParser } from 'saxes';
import { CalendarUnreachableError } from '../calendar-error.ts';

export const DAV = 'DAV:';
export const CALDAV = 'urn:ietf:params:xml:ns:caldav';
export const CALENDAR_SERVER = 'http://calendarserver.org/ns/';

/** An element of an answer; text is that of the element alone. */
export interface XmlElement {
  uri: string;
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  text: string;
}

/** What an answer says of one resource. */
export interface DavResponse {
  href: string;
  /** Of the resource itself; null where each property has one. */
  status: number | null;
  /** The properties that it has. */
  properties: XmlElement[];
}

export interface Multistatus {
  responses: DavResponse[];
  syncToken: string | null;
}

/**
 * Reads a 207. Whatever is not a whole multistatus, such as a login page or what was cut off, is thrown:
 * taken for an empty list it would make every time free.
 * @throws {CalendarUnreachableError}
 */
export function readMultistatus(text: string): Multistatus {
  const root = parseXml(text);
  if (root?.uri !== DAV || root.name !== 'multistatus') {
    throw new CalendarUnreachableError(
      'The calendar server answered something else than was asked.',
    );
  }
  return {
    responses: childrenOf(root, 'response').map(readResponse),
    syncToken: childrenOf(root, 'sync-token')[0]?.text.trim() ?? null,
  };
}

function readResponse(response: XmlElement): DavResponse {
  const href = childrenOf(response, 'href')[0]?.text.trim() ?? '';
  if (href === '') throw new CalendarUnreachableError('The calendar server named no resource.');
  const status = childrenOf(response, 'status')[0];
  const properties = childrenOf(response, 'propstat')
    .filter((propstat) => isFine(statusOf(childrenOf(propstat, 'status')[0])))
    .flatMap((propstat) => childrenOf(propstat, 'prop').flatMap(({ children }) => children));
  return { href, status: status ? statusOf(status) : null, properties };
}

function statusOf(element: XmlElement | undefined): number {
  const status = /^HTTP\/\S+\s+(\d{3})\b/.exec(element?.text.trim() ?? '')?.[1];
  if (status === undefined) {
    throw new CalendarUnreachableError('The calendar server answered a status that is none.');
  }
  return Number(status);
}

function isFine(status: number): boolean {
  return status >= 200 && status < 300;
}

/** The children of that name; of WebDAV's own unless another namespace is given. */
export function childrenOf(element: XmlElement, name: string, uri = DAV): XmlElement[] {
  return element.children.filter((child) => child.name === name && child.uri === uri);
}

/** A property that a resource has; undefined where it has none. */
export function propertyOf(
  { properties }: Pick<DavResponse, 'properties'>,
  name: string,
  uri = DAV,
): XmlElement | undefined {
  return properties.find((property) => property.name === name && property.uri === uri);
}

/** The addresses that a property names. */
export function hrefsOf(property: XmlElement | undefined): string[] {
  return property ? childrenOf(property, 'href').map(({ text }) => text.trim()) : [];
}

/** The root of a document; null where it is none, or not whole. Entities of its own are not read. */
function parseXml(text: string): XmlElement | null {
  const document: XmlElement = { uri: '', name: '', attributes: {}, children: [], text: '' };
  const open = [document];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const values = Object.values(attributes).map(
      ({ local: name, value }) => [name, value] as const,
    );
    const element: XmlElement = {
      uri,
      name: local,
      attributes: Object.fromEntries(values),
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const write = (piece: string): void => {
    const current = open.at(-1);
    if (current) current.text += piece;
  };
  parser.on('text', write);
  parser.on('cdata', write);
  try {
    parser.write(text).close();
  } catch {
    return null;
  }
  return document.children[0] ?? null;
}
