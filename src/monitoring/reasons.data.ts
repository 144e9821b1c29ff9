import type { WaitReason } from './types.ts'

/** Why an alert waits, in words, and what settles it. */
export const waitReasons: Readonly<Record<WaitReason, { readonly words: string; readonly todo: string }>> = {
  'no time': {
    words: 'Its time cannot be read',
    todo: 'Look in the product when it happened, and enter that below.',
  },
  'clock ahead': {
    words: 'Its time is in the future',
    todo: 'The clock of the kit is wrong. Look in the product when it happened, enter that below, and have the clock set.',
  },
  'other words': {
    words: 'A message with this number came before, with other words',
    todo: 'Look in the product whether it is a second alert. If it is, ask again whose it is.',
  },
  'unknown kit': {
    words: 'No kit here has this serial',
    todo: 'Add the kit if it is ours, and write down who had it. If it is another service’s, say so below.',
  },
  'other product': {
    words: 'This serial is kit of another product here',
    todo: 'Two makers may use one serial, so nobody was given it. Check the product written down for the kit.',
  },
  'never lent': {
    words: 'Nobody has been lent this kit yet',
    todo: 'Write down who had it and since when, on their page under Kit.',
  },
  'before it was lent': {
    words: 'It happened before anybody was lent this kit',
    todo: 'If somebody had it then, correct the day it was lent. If it was tried out here, say so below.',
  },
  'after it was taken back': {
    words: 'Nobody had this kit then: it had been taken back',
    todo: 'If somebody still had it, or had it already, correct the dates. If it was tried out here, say so below.',
  },
  'dates corrected': {
    words: 'It was given to somebody who, by dates corrected since, did not have this kit then',
    todo: 'Whoever was given it has a task to look again. Say below whose it is.',
  },
}
