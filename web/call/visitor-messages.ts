/** What a click on an offered time says to the agent. */
export function slotMessage(slot: { label: string }): string {
  return `I would like ${slot.label}, please`;
}

/** What the details form says to the agent. */
export function detailsMessage(details: { name: string; email: string }): string {
  return `My name is ${details.name} and my e-mail is ${details.email}`;
}
