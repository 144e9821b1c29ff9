import type { LondonDate } from '#calendar'

const day = (text: string) => text as LondonDate

/** The two of the street who are already with us, by the number every test knows them by. */
export const june = {
  number: '9991010106',
  openedOn: day('2025-09-08'),
  matters: 'I want to stay at home with my son and go to church on Sundays.',
  plan: {
    goal: 'Keep the weight steady and stay out of hospital',
    action: 'Bring scales and a card to write on',
    kinds: ['monitoring', 'self-management coaching'] as const,
    next: 'Look at the weight card with June and her son',
    when: 'Up 2 kg in 3 days, or ankles more swollen',
    act: 'Ring Amina the same day; out of hours ring the out-of-hours service',
  },
}

type JeanGoal = { readonly goal: string; readonly action: string; readonly outOfHours?: string }

export const jean = {
  number: '9991010203',
  dueOn: day('2026-04-10'),
  reviewOn: day('2026-06-01'),
  matters: 'I have no-one left to love me. I want to feel less lonely and to walk round my garden.',
  goals: [
    {
      goal: 'Feel less lonely',
      action: 'Ask for a volunteer to visit on Thursdays',
      outOfHours:
        'If she rings at night, talk first: she is often frightened, not worse. Tell the ward the next morning',
    },
    { goal: 'Walk round the garden', action: 'Fit a rail by the back step' },
    { goal: 'Manage breathlessness at home', action: 'Go through the inhalers and the rescue pack' },
  ] as readonly JeanGoal[],
  ifThens: [
    {
      if: 'More breathless than usual, and can speak in sentences',
      do: 'Sit forward by the window, reliever through the spacer, ring the ward. Start the rescue pack if no better in an hour',
      call: '01632 960 200',
    },
    {
      if: 'A fall',
      do: 'Stay with her, keep her warm. Ring the ward, even when nothing hurts',
      call: '01632 960 200',
    },
  ],
}
