import { dateWords, londonDate } from '#calendar'
import type { Programme } from '#organisations'
import { thingNamed } from './asked-words.ts'
import type { Choices, Cohort } from './choice-types.ts'
import { furtherChecks, subgroups } from './choices.data.ts'
import { choicesOf } from './choices.ts'
import { outcomeWords } from './outcomes.data.ts'
import type { Study } from './study-types.ts'
import type { Protocol } from './types.ts'

type Line = { readonly label: string; readonly value: string }

/** What a study asks and how, in words: everything somebody would have to know to do it again. */
export function askedRows(protocol: Protocol, programme: Programme): readonly Line[] {
  const { plan } = protocol
  const choices = choicesOf(protocol)
  return [
    {
      label: 'Question',
      value: plan?.question ?? `Does ${programme.template.name} change emergency admissions within a year?`,
    },
    { label: 'Who was helped', value: cohortWords(choices.cohort) },
    { label: 'Index day', value: 'The day the episode opened; the same day for those compared' },
    { label: 'Who is compared', value: poolWords(choices, programme) },
    { label: 'Alike in', value: protocol.covariates.map(({ label }) => label).join(', ') },
    { label: 'Exactly alike in', value: exactWords(protocol) },
    { label: 'Matched people each', value: `Up to ${protocol.ratio}, nobody twice, day by day` },
    { label: 'Outcome', value: outcomeSaid(choices) },
    {
      label: 'Counted beside it',
      value:
        choices.further.length === 0
          ? 'Nothing that is judged. What has a price is told without a verdict'
          : `${choices.further.map((name) => thingNamed(name).Many).join(', ')}: each with its ratio, and with an allowance for how many there are (Holm)`,
    },
    {
      label: 'Followed for',
      value: `Up to ${protocol.horizonDays} days, at least ${protocol.leastFollowUpDays}`,
    },
    {
      label: 'Limits',
      value: `Differences within 0.10 (0.05 for expected and for what is counted), ${Math.round(protocol.leastMatchedShare * 10)} in 10 matched, able to see a fall of ${protocol.largestFallPercent}%`,
    },
    { label: 'Groups looked at', value: groupWords(choices) },
    { label: 'Checks', value: checkWords(choices) },
    ...(plan ? [{ label: 'Smallest fall that matters', value: `${plan.smallestThatMattersPercent}%` }] : []),
    { label: 'At the same time', value: plan?.otherInitiatives || 'Nobody has said what else went on' },
  ]
}

/** A locked study in words, with who locked it, when, and its number. */
export function methodRows(study: Study, programme: Programme): readonly Line[] {
  const { protocol, lockedAt, lockedByName, codeVersion, sha256, dataTo } = study
  return [
    ...askedRows(protocol, programme),
    ...(protocol.plan?.whatChanged ? [{ label: 'What changed', value: protocol.plan.whatChanged }] : []),
    {
      label: 'Locked',
      value: `${dateWords(londonDate(lockedAt))} by ${lockedByName ?? 'the program: it is the method that ships'}${dataTo ? `, with records to ${dateWords(dataTo)}` : ''}`,
    },
    { label: 'Keyworker version', value: codeVersion ?? 'Not known' },
    { label: 'Its number (SHA-256)', value: sha256.replaceAll(/(.{16})(?=.)/g, '$1 ') },
  ]
}

/** In what two versions differ, by the labels of their rows; worked out, so that nobody has to have said it. */
export function differIn(one: Protocol, before: Protocol, programme: Programme): readonly string[] {
  const past = new Map(askedRows(before, programme).map(({ label, value }) => [label, value]))
  return askedRows(one, programme).flatMap(({ label, value }) => (past.get(label) === value ? [] : [label]))
}

function cohortWords({ fromAge, place, joinedFrom, joinedTo }: Cohort): string {
  const narrowed = [
    ...(fromAge ? [`${fromAge} or over on that day`] : []),
    ...(place ? [`of ${place.name}, practices ${place.practices.join(', ')}`] : []),
    ...(joinedFrom ? [`from ${dateWords(joinedFrom)}`] : []),
    ...(joinedTo ? [`to ${dateWords(joinedTo)}`] : []),
  ]
  const who =
    narrowed.length === 0
      ? 'Everybody whose episode opened'
      : `Everybody whose episode opened, ${narrowed.join(', ')}`
  return `${who}, by intention: leaving early removes nobody`
}

function poolWords({ pool, cohort }: Choices, { template }: Programme): string {
  const fromAge = Math.max(template.fromAge, cohort.fromAge ?? 0)
  const where =
    pool === 'elsewhere'
      ? ', of practices from which nobody has ever joined. Everybody who could have joined is shown beside it'
      : cohort.place
        ? ', of any practice in the records'
        : ''
  return `Alive, registered for a year, ${fromAge} or over, in no programme by that day${where}. Those who join later stay until the day before`
}

function outcomeSaid({ outcome }: Choices): string {
  const { Many } = thingNamed(outcome)
  return outcome === 'emergencies'
    ? `${Many} after the index day: the ratio of the two rates, adjusted`
    : `${Many} after the index day (${outcomeWords[outcome].means}): the ratio of the two rates, adjusted`
}

const groupWords = ({ subgroups: chosen }: Choices): string =>
  chosen.length === 0
    ? 'None: nobody is looked at apart'
    : `${subgroups
        .filter(({ key }) => chosen.includes(key))
        .map(({ group }) => group)
        .join(', ')}: each against the rest`

const checkWords = ({ checks, horizonDays }: Choices): string =>
  [
    'Things the service cannot change',
    'early deaths',
    'one matched person each',
    'without the first month',
    horizonDays === 365 ? 'whole years only' : `only those followed for all ${horizonDays} days`,
    'the other people to compare with',
    'one practice left out at a time',
    'counts allowed to vary more than chance',
    'time to the first or death',
    'not adjusted',
    ...furtherChecks.filter(({ key }) => checks.includes(key)).map(({ words }) => words.toLowerCase()),
  ].join(', ')

const exactWords = ({ closeness, covariates }: Protocol): string =>
  `The index day; ${(closeness[0]?.exact ?? [])
    .map(({ covariate }) =>
      covariate === 'listed'
        ? 'On the list shown that day'
        : (covariates.find(({ name }) => name === covariate)?.label ?? covariate),
    )
    .join(
      ', ',
    )}, in bands. Wider rules, set beforehand, only while fewer than 9 in 10 have somebody like them`
