import type { Decision } from './types.ts'

type Reasons = readonly { readonly code: string; readonly words: string }[]

/** The coded reasons of each decision. A code is kept for ever; its words may be put better. */
export const reasonsFor: Readonly<Record<Decision | 'added' | 'taken back', Reasons>> = {
  accepted: [
    { code: 'several teams', words: 'Several teams, nobody in charge' },
    { code: 'avoidable admissions', words: 'Admissions that could be avoided' },
    { code: 'carer strain', words: 'Carer under strain' },
    { code: 'medicines', words: 'Medicines' },
    { code: 'new need', words: 'New or rising need' },
    { code: 'other', words: 'Other' },
  ],
  deferred: [
    { code: 'in hospital', words: 'In hospital now' },
    { code: 'waiting for result', words: 'Waiting for a result or an appointment' },
    { code: 'wants time', words: 'Wants time to think' },
    { code: 'see first', words: 'I want to see the person first' },
    { code: 'other', words: 'Other' },
  ],
  declined: [
    { code: 'well supported', words: 'Already well supported' },
    { code: 'not wanted', words: 'Would not want it' },
    { code: 'cannot change', words: 'Risk from something we cannot change' },
    { code: 'palliative', words: 'Palliative care in place' },
    { code: 'moved or died', words: 'Moved or died' },
    { code: 'wrong record', words: 'Wrong person or record' },
    { code: 'other', words: 'Other' },
  ],
  added: [
    { code: 'carer', words: 'Carer of somebody else' },
    { code: 'frailty', words: 'Frailty or falls the records do not show' },
    { code: 'mental health', words: 'Mental health' },
    { code: 'alone', words: 'Lives alone with no support' },
    { code: 'asked', words: 'The person or their family asked' },
    { code: 'new need', words: 'New or rising need' },
    { code: 'other', words: 'Other' },
  ],
  'taken back': [{ code: 'undone', words: 'Undone' }],
}
