import type { BookingField } from './model.ts';

/** The fields every event type asks for, in the order Cal.com lists them; custom ones follow the location. */
function defaultFields(emailRequired: boolean): BookingField[] {
  const shown = { disableOnPrefill: false, hidden: false };
  return [
    {
      isDefault: true,
      type: 'name',
      slug: 'name',
      required: true,
      label: 'your_name',
      disableOnPrefill: false,
    },
    { isDefault: true, type: 'email', slug: 'email', required: emailRequired, ...shown },
    { isDefault: true, type: 'radioInput', slug: 'location', required: false, hidden: false },
    {
      isDefault: true,
      type: 'text',
      slug: 'title',
      required: true,
      disableOnPrefill: false,
      hidden: true,
    },
    { isDefault: true, type: 'textarea', slug: 'notes', required: false, ...shown },
    { isDefault: true, type: 'multiemail', slug: 'guests', required: false, ...shown },
    { isDefault: true, type: 'textarea', slug: 'rescheduleReason', required: false, ...shown },
  ];
}

/**
 * The whole list of an event type's fields.
 *
 * @param given what its owner set: a default field's properties are laid over the default, the rest are custom
 */
export function completeFields(
  given: readonly Record<string, unknown>[],
  options: { emailRequired?: boolean } = {},
): BookingField[] {
  const fields = defaultFields(options.emailRequired ?? true);
  const custom: BookingField[] = [];
  for (const { isDefault: _, ...properties } of given) {
    const slug = String(properties['slug'] ?? properties['type']);
    const index = fields.findIndex((field) => field.slug === slug);
    const known = fields[index];
    if (known === undefined) {
      custom.push({
        isDefault: false,
        type: 'text',
        required: false,
        disableOnPrefill: false,
        hidden: false,
        ...properties,
        slug,
      });
    } else fields[index] = { ...known, ...properties, slug: known.slug, isDefault: true };
  }
  return [...fields.slice(0, 3), ...custom, ...fields.slice(3)];
}
