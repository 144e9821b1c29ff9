/** How a worker knows that somebody has died. What a record says is no way of knowing: it is what is being checked. */
export const waysKnown = [
  { code: 'family or carer', words: 'Family or a carer told us' },
  { code: 'seen by one of us', words: 'One of us was there' },
  { code: 'practice', words: 'Their GP practice told us' },
  { code: 'hospital or ward', words: 'A hospital or a ward told us' },
  { code: 'care home', words: 'Their care home told us' },
  { code: 'coroner', words: 'A coroner, a medical examiner or the registrar told us' },
] as const

export type WayKnown = (typeof waysKnown)[number]['code']

/** How a worker knows that somebody who is said to have died is alive. */
export const waysAlive = [
  { code: 'spoken with', words: 'One of us spoke with them' },
  { code: 'seen', words: 'One of us saw them' },
  { code: 'practice says so', words: 'Their GP practice says it is a mistake' },
  { code: 'wrong person', words: 'Somebody else died: it was put on the wrong record' },
  { code: 'typed wrongly', words: 'It was written down here by mistake' },
] as const

export type WayAlive = (typeof waysAlive)[number]['code']
