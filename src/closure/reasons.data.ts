/**
 * Why an episode ends, and by which of the four methods it counts. "Risk below threshold" needs a second key and is
 * not offered yet; a score alone never closes anything.
 *
 * @source clinical-content 6.1, closure: four methods, with Keyworker's own reasons below each.
 */
export const closureReasons = [
  { code: 'goals met', words: 'Goals met, or met in part and steady', method: 'care optimised' },
  {
    code: 'monitored elsewhere',
    words: 'Watched over by somebody else from now on',
    method: 'care optimised',
  },
  { code: 'another service took over', words: 'Another service has taken over', method: 'care optimised' },
  { code: 'no longer helped by it', words: 'No longer helped by this service', method: 'care optimised' },
  { code: 'the person chose', words: 'The person chose to stop', method: 'self-discharge' },
  { code: 'moved away', words: 'Moved away or changed GP practice', method: 'self-discharge' },
  { code: 'could not be reached', words: 'Could not be reached', method: 'self-discharge' },
  { code: 'died', words: 'Died', method: 'death' },
] as const

export type ClosureReason = (typeof closureReasons)[number]['code']

/** What the person has before we go: the safety net of a closing. */
export const safetyNet = [
  { code: 'told', words: 'They know that we are stopping, and why' },
  { code: 'whom to ring', words: 'They know whom to ring if things get worse' },
  { code: 'way back', words: 'They know how to come back to us' },
  { code: 'practice told', words: 'Their GP practice has been told' },
] as const

export type Told = (typeof safetyNet)[number]['code']
