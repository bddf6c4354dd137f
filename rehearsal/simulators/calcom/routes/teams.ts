import { HttpError } from '../api-error.ts';
import { callerOf, success, type Answer, type Call } from '../call.ts';
import { eventTypeAnswer } from '../event-type-answer.ts';

/** The teams the key's account belongs to. Neither recorded nor in the specification we keep: after Cal.com's documentation. */
export function listTeams(call: Call): Answer {
  const { id } = callerOf(call);
  const own = call.state.teams.filter((team) => team.memberIds.includes(id));
  return success(
    own.map((team) => ({
      id: team.id,
      parentId: null,
      name: team.name,
      slug: team.slug,
      isOrganization: false,
      timeZone: 'Europe/London',
      weekStart: 'Sunday',
    })),
  );
}

/** After Cal.com's documentation, as the teams are. */
export function listTeamEventTypes(call: Call): Answer {
  const { id: accountId } = callerOf(call);
  const id = Number(call.parameters['teamId']);
  const team = call.state.teams.find((each) => each.id === id);
  if (team === undefined || !team.memberIds.includes(accountId)) {
    throw new HttpError(403, `User is not a member of the team with id=${id}`);
  }
  const slug = call.query.get('eventSlug');
  const found = call.state
    .eventTypesOf({ teamId: id })
    .filter((each) => slug === null || each.slug === slug);
  return success(
    found.map((eventType) => ({
      ...eventTypeAnswer(call.state, eventType, {
        bookerUrl: call.bookerUrl,
        hiddenFields: false,
      }),
      teamId: id,
      schedulingType: eventType.schedulingType,
      parentEventTypeId: null,
      hosts: eventType.hostIds.map((userId) => ({
        userId,
        name: call.state.account(userId).name,
        username: call.state.account(userId).username,
        mandatory: eventType.schedulingType === 'collective',
        priority: 'medium',
      })),
    })),
  );
}
