import type { EventType } from './model.ts';
import type { CalcomState } from './state.ts';

/**
 * An event type as the API shows it.
 *
 * @param options.hiddenFields lists leave hidden booking fields out, single event types show them
 */
export function eventTypeAnswer(
  state: CalcomState,
  eventType: EventType,
  options: { bookerUrl: string; hiddenFields: boolean },
): object {
  const owner = state.account(eventType.ownerId);
  const lengths = eventType.lengthInMinutesOptions;
  const team = state.teams.find((each) => each.id === eventType.teamId);
  return {
    id: eventType.id,
    ownerId: eventType.ownerId,
    lengthInMinutes: eventType.lengthInMinutes,
    ...(lengths === null ? {} : { lengthInMinutesOptions: lengths }),
    title: eventType.title,
    slug: eventType.slug,
    description: eventType.description,
    locations: eventType.locations,
    bookingFields: eventType.bookingFields.filter(
      (field) => options.hiddenFields || field.hidden !== true,
    ),
    recurrence: eventType.recurrence && { disabled: false, ...eventType.recurrence },
    disableGuests: false,
    slotInterval: eventType.slotInterval,
    minimumBookingNotice: eventType.minimumBookingNotice,
    beforeEventBuffer: eventType.beforeEventBuffer,
    afterEventBuffer: eventType.afterEventBuffer,
    metadata: lengths === null ? {} : { multipleDuration: lengths },
    price: 0,
    currency: 'usd',
    lockTimeZoneToggleOnBookingPage: false,
    forwardParamsSuccessRedirect: true,
    successRedirectUrl: null,
    isInstantEvent: false,
    users: eventType.hostIds.map((id) => {
      const { name, username } = state.account(id);
      return {
        id,
        name,
        username,
        avatarUrl: null,
        brandColor: null,
        darkBrandColor: null,
        weekStart: 'Sunday',
        metadata: {},
      };
    }),
    scheduleId: eventType.scheduleId,
    onlyShowFirstAvailableSlot: false,
    offsetStart: eventType.offsetStart,
    bookingWindow: eventType.bookingWindow,
    confirmationPolicy: eventType.confirmationPolicy,
    requiresBookerEmailVerification: eventType.requiresBookerEmailVerification,
    ...present('bookingLimitsCount', eventType.bookingLimitsCount),
    ...present('bookingLimitsDuration', eventType.bookingLimitsDuration),
    hideCalendarNotes: false,
    seats: { disabled: true },
    useDestinationCalendarEmail: false,
    hideCalendarEventDetails: false,
    hideOrganizerEmail: false,
    coachosVideoSettings: { sendTranscriptionEmails: true },
    hidden: eventType.hidden,
    bookingRequiresAuthentication: false,
    bookerActiveBookingsLimit: eventType.bookerActiveBookingsLimit ?? { disabled: true },
    bookingUrl:
      team === undefined
        ? `${options.bookerUrl}/${owner.username}/${eventType.slug}`
        : `${options.bookerUrl}/team/${team.slug}/${eventType.slug}`,
    disableCancelling: eventType.disableCancelling,
    disableRescheduling: eventType.disableRescheduling,
    interfaceLanguage: null,
    allowReschedulingPastBookings: false,
    allowReschedulingCancelledBookings: false,
    showOptimizedSlots: false,
  };
}

function present(name: string, value: object | null): Record<string, object> {
  return value === null ? {} : { [name]: value };
}
