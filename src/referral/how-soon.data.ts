/**
 * How soon somebody needs to be seen, soonest first: each class with its clock.
 *
 * @source 2 hours: the crisis response of the national standard of urgent community response (NHS England) and of NICE
 *   NG74. Today, 2 and 5 working days: the design of triage here; 2 days is how soon NG74 has intermediate care begin.
 *   10 working days: two weeks, what a programme allows before somebody who was offered a place counts as not heard from;
 *   it is for people a list found before anything happened.
 */
export const howSoonClasses = [
  {
    code: '2 hours',
    words: 'Within 2 hours',
    inWords: 'within 2 hours',
    hint: 'Ring the case manager as well: this page rings nobody. If a life is in danger, ring 999',
    clock: { hours: 2 },
    isUrgent: true,
  },
  {
    code: 'today',
    words: 'Today',
    inWords: 'today',
    hint: 'Before midnight, also at a weekend: ring the case manager as well',
    clock: { workingDays: 0 },
    isUrgent: true,
  },
  {
    code: '2 working days',
    words: 'Within 2 working days',
    inWords: 'within 2 working days',
    hint: 'Getting worse, or home from hospital',
    clock: { workingDays: 2 },
    isUrgent: false,
  },
  {
    code: '5 working days',
    words: 'Within 5 working days',
    inWords: 'within 5 working days',
    hint: 'Something is new, and steady for now',
    clock: { workingDays: 5 },
    isUrgent: false,
  },
  {
    code: '10 working days',
    words: 'In turn, within 10 working days',
    inWords: 'in turn, within 10 working days',
    hint: 'Found by the list, and nothing has happened since',
    clock: { workingDays: 10 },
    isUrgent: false,
  },
] as const
