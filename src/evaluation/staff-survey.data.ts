/** A sentence that staff agree or disagree with. Its key is kept with the counts; changed words need another key. */
export type StaffQuestion = { readonly key: string; readonly words: string }

/**
 * What those who give the care are asked each quarter. The words are our own, so that they may be used and changed freely;
 * they have not been validated against any other survey and no total is made of them.
 */
export const staffQuestions: readonly StaffQuestion[] = [
  { key: 'know-whom', words: 'I know whom I am responsible for, and what happens next for each of them' },
  { key: 'enough-time', words: 'I have enough time with each person to do what they need' },
  { key: 'hear-in-time', words: 'When somebody is getting worse, I hear of it in time' },
  { key: 'others-act', words: 'Other services do what we have agreed with them' },
  { key: 'can-say', words: 'I can say when something went wrong, and it is taken up' },
  { key: 'list-makes-sense', words: 'The people we are asked to look at are the right ones' },
  { key: 'saves-time', words: 'This system saves me more time than it takes' },
  { key: 'own-relative', words: 'I would be glad for a relative of mine to be looked after by this team' },
]

/** The question told first on a page for a board. */
export const relativeQuestion = 'own-relative'

export const staffAnswers = [
  { value: '5', words: 'Strongly agree' },
  { value: '4', words: 'Agree' },
  { value: '3', words: 'Neither' },
  { value: '2', words: 'Disagree' },
  { value: '1', words: 'Strongly disagree' },
] as const
