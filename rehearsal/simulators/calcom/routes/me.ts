import { callerOf, success, type Answer, type Call } from '../call.ts';

export function getMe(call: Call): Answer {
  const account = callerOf(call);
  return success({
    id: account.id,
    email: account.email,
    name: account.name,
    avatarUrl: null,
    bio: null,
    timeFormat: 12,
    defaultScheduleId: account.defaultScheduleId,
    weekStart: 'Sunday',
    timeZone: account.timeZone,
    username: account.username,
    organizationId: null,
  });
}
