import { z } from 'zod';
import { idIn, subscriptionAnswer } from '../answers.ts';
import { CalendlyError, invalidArgument, notFound, permissionDenied } from '../calendly-error.ts';
import { resource } from '../call.ts';
import type { Call, Handler } from '../call.ts';
import type { Subscription } from '../model.ts';
import { page } from '../pages.ts';
import { newId } from '../state.ts';

const BodySchema = z.object({
  url: z.url({ protocol: /^https?$/ }),
  events: z.array(z.enum(['invitee.created', 'invitee.canceled'])).min(1),
  organization: z.string(),
  user: z.string(),
  scope: z.literal('user'),
  signing_key: z.string().min(1).optional(),
});

/** The signing key can never be read again. */
export const createSubscription: Handler = ({ state, clock, caller, body }) => {
  const parsed = BodySchema.safeParse(body);
  if (!parsed.success) {
    throw invalidArgument(
      ...parsed.error.issues.map(({ path, message }) => ({ parameter: path.join('.'), message })),
    );
  }
  const { url, events, user, organization, signing_key: signingKey } = parsed.data;
  if (idIn(user) !== caller.id || idIn(organization) !== caller.id) throw permissionDenied();
  const isThere = [...state.subscriptions.values()].some(
    (each) => each.url === url && each.ownerId === caller.id,
  );
  if (isThere) {
    throw new CalendlyError(409, 'Already Exists', 'Hook with this url already exists');
  }
  const subscription: Subscription = {
    id: newId(),
    ownerId: caller.id,
    url,
    events,
    signingKey: signingKey ?? null,
    state: 'active',
    createdAt: clock.now(),
  };
  state.subscriptions.set(subscription.id, subscription);
  return resource(subscriptionAnswer(subscription), 201);
};

export const listSubscriptions: Handler = ({ state, caller, query }) => {
  if (idIn(query.get('organization')) !== caller.id || query.get('scope') === null) {
    throw invalidArgument({
      parameter: 'organization',
      message: 'organization and scope are needed',
    });
  }
  const own = [...state.subscriptions.values()].filter(({ ownerId }) => ownerId === caller.id);
  return page('/webhook_subscriptions', query, own.map(subscriptionAnswer));
};

export const getSubscription: Handler = (call) => resource(subscriptionAnswer(own(call)));

export const deleteSubscription: Handler = (call) => {
  call.state.subscriptions.delete(own(call).id);
  return { status: 204, body: null };
};

/** @throws CalendlyError 404 */
function own({ state, caller, parameters }: Call): Subscription {
  const subscription = state.subscriptions.get(parameters['webhook'] ?? '');
  if (subscription?.ownerId !== caller.id) throw notFound();
  return subscription;
}
