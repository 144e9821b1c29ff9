import type { Activity } from '#organisations'

/** What each activity lets somebody do, for whoever gives it to a role or takes it away. */
export const activityWords: Readonly<Record<Activity, string>> = {
  'see people': 'Open the whole record of people they have a tie to',
  'see identity': 'Find people by name, number or postcode, and see who they are',
  'judge candidates': 'Work down their practice’s list: defer, decline, print, download, sign off',
  'add candidates': 'Add somebody a list missed; record an objection; tell a person why they were looked at',
  'accept referrals': 'Accept somebody, and give them a case manager',
  'write plans': 'Write and change care plans',
  'record contacts': 'Write down contacts and strike them out',
  'do tasks': 'Take, hand on and finish tasks',
  'arrange help':
    'Find volunteers for what a team asked: name, address and telephone of those people, and nothing else',
  'close episodes': 'End somebody’s time with the service, and take it back within 7 days',
  'run rounds': 'Work the ward: its beds, its round, its list',
  'see emergency summary': 'Open emergency summaries that people wished to share',
  'trace people': 'Look somebody up by NHS number and date of birth',
  'break glass': 'Open a record in an emergency without a tie. Each time is reviewed',
  'claim relationship': 'Say that they are giving somebody care, which ties them',
  'see evaluation': 'Read whether a programme helped, and a model’s report. No names',
  'lock studies': 'Write, check and lock a study; plan a roll-out; set prices. No names',
  'see counts': 'Read counts of teams and places; approve a roll-out. No names',
  'load data': 'Load an extract',
  'see loads': 'See what was read, taken and refused, and data quality; ask for a model',
  'settle identities': 'Say whether two records are one person’s',
  'review access': 'Review emergency openings',
  'see who looked': 'See who opened a person’s record',
  'change roles': 'Change roles and posts, as here',
  'run programmes': 'Publish programmes, and choose how far down a list people are asked',
  'start again': 'Put a demonstration back to its first day. In a real installation, nothing',
  'accept purposes': 'Answer for a clinical purpose, and put a model in use',
  'approve lots': 'Have near ties drawn by lot, and begin a hold-out, in their name',
}
