/** What Alt, Shift and a letter do, where the page has what the letter is for. No single letter does anything. */
export const quickKeys = [
  { key: 'F', does: 'Find a person' },
  { key: 'S', does: 'Save, or save and go to the next person' },
  { key: 'C', does: 'Record a contact' },
  { key: 'T', does: 'Add a task' },
  { key: 'E', does: 'Open this person’s emergency summary' },
  { key: 'N', does: 'On a ward round, come back to this person later' },
] as const

export type QuickKey = (typeof quickKeys)[number]['key']
