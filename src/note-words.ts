import { dateWords, type LondonDate, readDate } from '#calendar'
import type { JournalEntry, NoteName } from '#journal'
import { reassignReasons } from '#referral'

type Facts = JournalEntry['facts']

const said = (facts: Facts, name: string): string => String(facts[name] ?? '')

const day = (facts: Facts, name: string): string => {
  const on: LondonDate | undefined = readDate(said(facts, name))
  return on ? dateWords(on) : ''
}

const after = (lead: string, words: string): string => (words ? `${lead} ${words}` : '')

const reasonOf = (code: string): string => {
  const known = reassignReasons.find((reason) => reason.code === code)?.words ?? code
  return `${known.charAt(0).toLowerCase()}${known.slice(1)}`
}

const placesSaid: Readonly<Record<string, string>> = {
  yes: ' They may see where the person wishes to be.',
  no: ' They may not see where the person wishes to be.',
}

/** How the timeline says each note there is; one left out does not compile. */
const words: { readonly [Name in NoteName]: (facts: Facts) => string } = {
  'opened in an emergency': (facts) => `Opened in an emergency${after(':', said(facts, 'reason'))}.`,
  'relationship claimed': (facts) =>
    `Somebody said they care for this person${after(':', said(facts, 'reason'))}.`,
  'opening reviewed': (facts) => `An emergency opening was looked at${after(':', said(facts, 'review'))}.`,
  'reason given': (facts) => `Somebody said why they open this record${after(':', said(facts, 'reason'))}.`,
  'record marked': () => 'The record is handled with more care: whoever opens it says why.',
  'record unmarked': () => 'The record is handled as any other again.',
  'place added': () => 'A place was added.',
  'place corrected': () => 'A place’s name or telephone was put right.',
  'agreement made': () => 'An agreement with out of hours was written down.',
  'agreement ended': () => 'An agreement with out of hours ended.',
  'extract loaded': () => 'New records were loaded.',
  'purpose accepted': () => 'A part’s purpose was accepted.',
  'purpose withdrawn': () => 'The acceptance of a part’s purpose was withdrawn.',
  'role changed': () => 'What a role may do was changed.',
  'worker added': () => 'A worker was added.',
  'worker known by': () => 'A worker’s telephone or reference was written down.',
  'post ended': () => 'A worker’s post ended.',
  'programme published': () => 'A programme’s new version was published.',
  'records joined': () => 'Two records were joined: they are one person.',
  'records parted': () => 'Two records were parted again.',
  'list ranked': () => 'A new case-finding list was made.',
  'candidate judged': (facts) => `Looked at on the case-finding list${after(':', said(facts, 'decision'))}.`,
  'list signed off': () => 'A practice signed its list off.',
  'cut chosen': () => 'How far down the case-finding list people are asked was changed.',
  'hold-out began': () => 'A hold-out for renewing the model began.',
  'hold-out ended': () => 'A hold-out for renewing the model was ended early.',
  'lots drawn': () => 'Near ties on the case-finding list were drawn by lot.',
  'objection answered': (facts) =>
    said(facts, 'answer') === 'yes' ? 'Objected to being looked for.' : 'No objection to being looked for.',
  'model trained': (facts) => `A model was trained${after(':', said(facts, 'verdict'))}.`,
  'training refused': () => 'A model was not trained.',
  'model switched on': () => 'A model was put in use on the case-finding list.',
  'model switched off': () => 'A model was taken out of use.',
  'training given': () => 'Somebody was trained to read the case-finding lists.',
  'episode opened': (facts) =>
    `An episode opened${facts.hasAgreed === true ? ', agreed to taking part' : ', not asked about taking part yet'}${after(', to be seen: ', said(facts, 'howSoon'))}.`,
  'agreement recorded': (facts) =>
    said(facts, 'answer') === 'yes' ? 'Agreed to take part.' : 'Did not agree to take part.',
  'how soon changed': (facts) =>
    `How soon they need to be seen was changed${after(' to', said(facts, 'howSoon'))}${after(', from', said(facts, 'was'))}.`,
  'case manager changed': (facts) =>
    `The case manager changed${after(':', reasonOf(said(facts, 'reason')))}.`,
  'acceptance taken back': () => 'The acceptance was taken back.',
  'measure answered': (facts) => `Answered the ${said(facts, 'instrument')}.`,
  'measure struck': (facts) => `Answers to the ${said(facts, 'instrument')} were struck: they were wrong.`,
  'measure pack put in': (facts) => `The words of the ${said(facts, 'instrument')} were put in.`,
  'measure pack withdrawn': () => 'The words of a licensed measure were withdrawn.',
  'safety answer given': (facts) =>
    `An answer to question ${said(facts, 'question')} of the ${said(facts, 'instrument')} is to be acted on the same day.`,
  'plan saved': (facts) =>
    `Plan saved as version ${said(facts, 'version')}${after(', agreed on', day(facts, 'agreedOn'))}.`,
  'action saved': (facts) =>
    `An action of the plan was saved${after(', due', day(facts, 'dueOn'))}${facts.isForOutOfHours === true ? ', for out of hours to know' : ''}.`,
  'action remarked': (facts) => `An action of the plan is ${said(facts, 'state')}.`,
  'contact recorded': (facts) =>
    `In touch: ${said(facts, 'kind')}${facts.minutes ? `, ${said(facts, 'minutes')} minutes` : ''}.`,
  'contact struck': () => 'A contact was struck: it was wrong.',
  'task added': (facts) =>
    `${facts.isUrgent === true ? 'An urgent task' : 'A task'} was added${after(', due', day(facts, 'dueOn'))}.`,
  'task turned': (facts) => `A task is ${said(facts, 'state')}.`,
  'help asked for': (facts) => `Volunteers were asked for help: ${said(facts, 'kind')}.`,
  'help answered': (facts) => `What volunteers were asked is ${said(facts, 'state')}.`,
  'kit added': () => 'Kit was added.',
  'kit lent': (facts) => `Kit was lent: ${said(facts, 'kind')}.`,
  'kit taken back': (facts) => `Kit was taken back: ${said(facts, 'kind')}.`,
  'kit dates corrected': (facts) => `When they had kit was corrected: ${said(facts, 'kind')}.`,
  'kit alerts taken in': () => 'Alerts of a product were taken in.',
  'kit alert given': () => 'An alert of the kit they had was given to their case manager.',
  'kit alert in doubt': () => 'An alert that was given may be of somebody else: kit dates were corrected.',
  'kit alert answered': () => 'Somebody said whose an alert is.',
  'cover arranged': (facts) =>
    `A colleague covers for somebody away${after(', from', day(facts, 'fromOn'))}${after(' to', day(facts, 'lastOn'))}.`,
  'cover ended': () => 'A cover was ended.',
  'caseload handed over': () => 'A caseload was handed over.',
  'sharing answered': (facts) =>
    `${
      {
        yes: 'Wishes out of hours to see the emergency summary.',
        no: 'Does not wish out of hours to see anything.',
      }[said(facts, 'answer')] ?? 'Not asked about sharing with out of hours.'
    }${placesSaid[said(facts, 'places')] ?? ''}`,
  'admitted to the ward': (facts) => `Admitted to the ward, bed ${said(facts, 'bed')}.`,
  'discussed on the ward round': (facts) =>
    `Discussed on the ward round${after(':', said(facts, 'decision'))}.`,
  'left the ward': (facts) => `Left the ward${after(':', said(facts, 'reason'))}.`,
  'ward round ended': () => 'A ward round ended.',
  'episode closed': (facts) =>
    `The episode closed${after(' on', day(facts, 'closedOn'))}${after(':', said(facts, 'reason'))}.`,
  'death recorded': (facts) =>
    `Written down as died${after(' on', day(facts, 'diedOn'))}${after(':', said(facts, 'knownBy'))}.`,
  'death confirmed': (facts) =>
    `That they died was confirmed${after(', on', day(facts, 'diedOn'))}${after(':', said(facts, 'knownBy'))}.`,
  'death taken back': (facts) =>
    `That they died${after(' on', day(facts, 'diedOn'))} was taken back: they are alive${after(', ', said(facts, 'aliveBy'))}.`,
  'closing taken back': () => 'The closing was taken back: the episode is open again.',
}

const isNote = (what: string): what is NoteName => Object.hasOwn(words, what)

/** A note of the journal as a sentence. One this version does not know keeps its own name. */
export const noteWords = ({ what, facts }: Pick<JournalEntry, 'what' | 'facts'>): string =>
  isNote(what) ? words[what](facts) : `${what.charAt(0).toUpperCase()}${what.slice(1)}.`
