import { dateWords, londonDate } from '#calendar'
import type { Programme } from '#organisations'
import type { Study } from './study-types.ts'
import type { Protocol } from './types.ts'

type Line = { readonly label: string; readonly value: string }

/** A locked study in words: everything somebody would have to know to do it again. */
export function methodRows(study: Study, programme: Programme): readonly Line[] {
  const { protocol, lockedAt, lockedByName, codeVersion, sha256, dataTo } = study
  const { plan } = protocol
  return [
    {
      label: 'Question',
      value: plan?.question ?? `Does ${programme.template.name} change emergency admissions within a year?`,
    },
    {
      label: 'Who was helped',
      value: `Everybody whose episode opened, by intention: leaving early removes nobody`,
    },
    { label: 'Index day', value: 'The day the episode opened; the same day for those compared' },
    {
      label: 'Who is compared',
      value: `Alive, registered for a year, ${programme.template.fromAge} or over, in no programme by that day. Those who join later stay until the day before`,
    },
    { label: 'Alike in', value: protocol.covariates.map(({ label }) => label).join(', ') },
    { label: 'Exactly alike in', value: exactWords(protocol) },
    { label: 'Matched people each', value: `Up to ${protocol.ratio}, nobody twice, day by day` },
    {
      label: 'Outcome',
      value: 'Emergency admissions after the index day: the ratio of the two rates, adjusted',
    },
    {
      label: 'Followed for',
      value: `Up to ${protocol.horizonDays} days, at least ${protocol.leastFollowUpDays}`,
    },
    {
      label: 'Limits',
      value: `Differences within 0.10 (0.05 for expected and past admissions), ${Math.round(protocol.leastMatchedShare * 10)} in 10 matched, able to see a fall of ${protocol.largestFallPercent}%`,
    },
    {
      label: 'Groups looked at',
      value:
        'Most deprived 4 tenths, women, 75 and over, living alone, ethnic groups other than white, carers: each against the rest',
    },
    {
      label: 'Checks',
      value:
        'Things the service cannot change, early deaths, one matched person each, without the first month, whole years only, practices where nobody joined, one practice left out at a time, counts allowed to vary more than chance, time to the first admission or death, not adjusted',
    },
    ...(plan ? [{ label: 'Smallest fall that matters', value: `${plan.smallestThatMattersPercent}%` }] : []),
    { label: 'At the same time', value: plan?.otherInitiatives || 'Nobody has said what else went on' },
    ...(plan?.whatChanged ? [{ label: 'What changed', value: plan.whatChanged }] : []),
    {
      label: 'Locked',
      value: `${dateWords(londonDate(lockedAt))} by ${lockedByName ?? 'the program: it is the method that ships'}${dataTo ? `, with records to ${dateWords(dataTo)}` : ''}`,
    },
    { label: 'Keyworker version', value: codeVersion ?? 'Not known' },
    { label: 'Its number (SHA-256)', value: sha256.replaceAll(/(.{16})(?=.)/g, '$1 ') },
  ]
}

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
