/**
 * Registers worth looking for people in one by one: short, and of those whom counts of hospital use find late. The large registers
 * of long-term conditions are filters of the list.
 *
 * @source Requirements R-025 names severe mental illness; the others are ours, and no clinician has confirmed them yet.
 */
export const targetRegisters = [
  { key: 'severe mental illness', words: 'Severe mental illness' },
  { key: 'learning disability', words: 'Learning disability' },
  { key: 'palliative', words: 'Palliative care' },
  { key: 'dementia', words: 'Dementia' },
  { key: 'frailty', words: 'Frailty' },
  { key: 'carer', words: 'Carers' },
] as const

export const registerWords = (key: string): string =>
  targetRegisters.find((one) => one.key === key)?.words ?? key

/** How long after somebody was taken off a register they are still told. */
export const toldAfterDays = 365
