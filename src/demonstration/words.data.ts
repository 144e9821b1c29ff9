import type { ActionKind } from '#care-plan'
import type { ContactKind } from '#co-ordination'

/** What people of the made-up town want, invented. */
export const whatMatters: readonly string[] = [
  'I want to stay in my own home and sleep through the night.',
  'I want to see my grandchildren without being out of breath.',
  'I want to know who to ring, and that somebody answers.',
  'I want to get back to the allotment, even for half an hour.',
  'I do not want to go into hospital again unless I have to.',
  'I want to cook for myself again.',
  'I want somebody to explain my tablets so that I can manage them.',
  'I want to go to church on Sundays.',
  'I want my wife to have a rest from looking after me.',
  'I want to walk to the shop and back.',
  'I want to feel less alone in the evenings.',
  'I want to keep my dog and be able to walk him.',
]

type PlanWords = {
  readonly goal: string
  readonly action: string
  /** What kind of help the first action is, and what the next. */
  readonly kinds: readonly [ActionKind, ActionKind]
  readonly next: string
  /** Whether out of hours need to know what comes next. */
  readonly isForOutOfHours?: true
  readonly when: string
  readonly act: string
}

/** A goal, what was done about it first, what comes next, and what to do if things get worse. */
export const planWords: readonly PlanWords[] = [
  {
    goal: 'Breathe easily enough to walk to the gate',
    action: 'Book a place on the breathing course',
    kinds: ['self-management coaching', 'education and counselling'],
    next: 'Check how the inhalers are used',
    when: 'More breathless than usual at rest',
    act: 'Sit forward, use the reliever, ring the team',
  },
  {
    goal: 'No falls at home',
    action: 'Ask for a rail by the back step',
    kinds: ['co-ordination of community services', 'monitoring'],
    next: 'Check that the rail and the night light are used',
    when: 'A fall, or nearly',
    act: 'Ring the team the same day, even when nothing hurts',
  },
  {
    goal: 'Take the tablets as agreed',
    action: 'Ask the chemist for a weekly pack',
    kinds: ['medication management', 'medication management'],
    next: 'Count what is left in the pack together',
    when: 'Two days of tablets missed',
    act: 'Do not double up. Ring the team',
  },
  {
    goal: 'Keep the weight steady',
    action: 'Bring scales and a card to write on',
    kinds: ['monitoring', 'self-management coaching'],
    next: 'Look at the weight card, by the kettle, together',
    isForOutOfHours: true,
    when: 'Up 2 kg in 3 days',
    act: 'Ring the team the same day',
  },
  {
    goal: 'See somebody every day',
    action: 'Introduce the lunch club on Tuesdays',
    kinds: ['co-ordination of community services', 'monitoring'],
    next: 'Ask how the lunch club goes',
    when: 'Low for more than a week',
    act: 'Ring the team, or the GP surgery',
  },
  {
    goal: 'Know what to do when the chest is bad',
    action: 'Agree a rescue pack with the GP',
    kinds: ['contingency planning', 'education and counselling'],
    next: 'Go through the rescue pack, in the kitchen drawer, again',
    isForOutOfHours: true,
    when: 'Coughing up more, or darker',
    act: 'Start the rescue pack and ring the team',
  },
]

/** What was written down after a contact, by its kind. */
export const contactWords: readonly {
  readonly kind: ContactKind
  readonly minutes: number
  readonly words: string
}[] = [
  {
    kind: 'home visit',
    minutes: 50,
    words: 'First visit. Talked about what matters and wrote the plan together.',
  },
  { kind: 'telephone', minutes: 15, words: 'Rang to see how things are. Managing, tablets taken.' },
  { kind: 'telephone', minutes: 10, words: 'Rang. Sleeping badly, otherwise the same.' },
  { kind: 'home visit', minutes: 40, words: 'Visit. Went through the plan, nothing to change.' },
  {
    kind: 'telephone',
    minutes: 20,
    words: 'Rang. Worried about an appointment; explained it and wrote it down.',
  },
  { kind: 'face to face', minutes: 30, words: 'Met at the surgery after the nurse’s clinic.' },
  { kind: 'home visit', minutes: 45, words: 'Visit with the family. Agreed who does what.' },
  { kind: 'telephone', minutes: 15, words: 'Rang after the weekend. A better week.' },
  { kind: 'video', minutes: 20, words: 'Video call with the daughter helping.' },
]

/** What has to be done for somebody, most pressing first: the first three are overdue, the next four are due today. */
export const taskWords: readonly {
  readonly what: string
  readonly why: string
  readonly inDays: number
  readonly at?: number
}[] = [
  { what: 'Ring about last Thursday’s visit', why: 'Nobody answered the door', inDays: -6 },
  { what: 'Chase the chemist about the weekly pack', why: 'Promised for last week', inDays: -2 },
  { what: 'Send the plan to the GP surgery', why: 'The surgery asked for it', inDays: -1 },
  { what: 'Visit', why: 'Agreed on the telephone', inDays: 0, at: 11 },
  { what: 'Ring the daughter back', why: 'She left a message', inDays: 0, at: 14 },
  { what: 'Ask the surgery about the blood result', why: 'The person asked', inDays: 0, at: 16 },
  { what: 'Agree the next visit', why: 'Four weeks since the last', inDays: 0, at: 17 },
  { what: 'Go through the plan again', why: 'Review due this week', inDays: 1 },
  { what: 'Ring to see how the new tablets suit', why: 'Agreed at the last visit', inDays: 2 },
  { what: 'Fetch the scales back', why: 'No longer used', inDays: 5 },
  { what: 'Visit with the physiotherapist', why: 'Joint visit', inDays: 6 },
  { what: 'Ask about the stair rail', why: 'Ordered', inDays: 8 },
]

/** How soon each of those enrolled was to be seen, in turn: most were found by a list, before anything had happened. */
export const howSoonOfPast = [
  '10 working days',
  '10 working days',
  '5 working days',
  '10 working days',
  '2 working days',
  '10 working days',
  '10 working days',
  '5 working days',
  '10 working days',
  '5 working days',
  '10 working days',
  '2 working days',
  'today',
] as const

/** The same of those who come to the ward instead of to hospital. */
export const howSoonOfWard = ['today', '2 hours', 'today', '2 working days', 'today'] as const
