import type { Answer, Asked, Route, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { programmes } from '#organisations'
import { DataTable, EmptyState, renderPage, Section } from '#ui'
import { programmeFor } from '../candidates.ts'
import { rateOf, shownCounts, shownWords } from '../equity-rules.ts'
import { rateWords } from '../equity-words.ts'
import { ProgrammeChips } from '../programme-chips.tsx'
import { currentRun } from '../store.ts'
import type { Run } from '../types.ts'
import { everybodyOf, isTooSmall, placesFor, poundsOf, timesAll, uses } from './rules.ts'
import { type PracticePlaces, placesByPractice, profileIn } from './store.ts'
import type { TierUse } from './types.ts'

const address = '/case-finding/profile'

/** What those at the top of a list use and cost against everybody, by tier; and the places of each practice. */
async function show(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const programme = await programmeFor(visit, asked.query.text('programme'))
  const run = programme && (await currentRun(visit.db, programme.id))
  const tiers = run ? await profileIn(visit.db, run.id) : []
  const html = renderPage({
    furniture: asked.furniture,
    title: 'High-risk people against everybody',
    caption: programme && run && `${programme.template.name}, list of ${dateWords(run.indexOn)}`,
    lead: tiers.length > 0 && !isTooSmall(tiers) ? <Lead tiers={tiers} /> : undefined,
    back: { href: `/case-finding/equity?programme=${programme?.key ?? ''}`, words: 'Who is found' },
    isStamped: true,
    children: (
      <>
        <ProgrammeChips
          all={await programmes(visit.db)}
          chosen={programme}
          hrefFor={(key) => `${address}?programme=${key}`}
        />
        {run && tiers.length > 0 ? (
          <>
            {isTooSmall(tiers) ? (
              <p>Fewer than 8 people are in one of the tiers: what they use is not told.</p>
            ) : (
              <>
                <Tiers tiers={tiers} run={run} />
                <Spend tiers={tiers} />
              </>
            )}
            <Places practices={await placesByPractice(visit.db, run.id)} run={run} />
          </>
        ) : (
          <EmptyState says="Nothing has been counted yet. It is with the next ranking." />
        )}
      </>
    ),
  })
  return { kind: 'page', html }
}

const whole = (value: number) => Math.round(value).toLocaleString('en-GB')

function Lead({ tiers }: { readonly tiers: readonly TierUse[] }) {
  const [top] = tiers
  const all = everybodyOf(tiers)
  const times = top && timesAll('emergencyAdmissions', top, all)
  return (
    <>
      <b>
        {times === undefined
          ? 'Too few emergency admissions to compare.'
          : `The first tier had ${times.toFixed(1)} times as many emergency admissions each as everybody.`}
      </b>{' '}
      They were chosen partly for a bad year, so expect a fall with no help at all.
    </>
  )
}

function Tiers({ tiers, run }: { readonly tiers: readonly TierUse[]; readonly run: Run }) {
  const all = everybodyOf(tiers)
  const linked = uses.filter(({ use }) => all.used[use] !== undefined)
  return (
    <Section heading="What they used in the 365 days before" isRuled={false}>
      <DataTable
        caption={`Each person, on average, in the 365 days before ${dateWords(run.indexOn)}`}
        isCaptionHidden
        rows={linked}
        keyOf={({ use }) => use}
        columns={[
          { head: 'Each, on average', cell: ({ words }) => words, width: 'middle' },
          ...tiers.map((tier) => ({
            head: `${tier.tier}: ${whole(tier.people)}`,
            isNumber: true,
            cell: ({ use }: (typeof uses)[number]) => eachWords(use, tier, all),
          })),
          {
            head: `Everybody: ${whole(all.people)}`,
            isNumber: true,
            cell: ({ use }) => ((all.used[use] ?? 0) / Math.max(1, all.people)).toFixed(2),
          },
          { head: 'Elsewhere, first tier', cell: ({ benchmark }) => benchmark ?? '' },
        ]}
      />
      <p className="kw-second">
        In brackets: how many times everybody’s. The first tier is who the programme asks, the second the next
        up to 20 in 100 by the same order, the third everybody else. Elsewhere: one English area of 250,000
        (integrated health solutions webinar), another population and another way to choose.
      </p>
    </Section>
  )
}

function eachWords(
  use: (typeof uses)[number]['use'],
  tier: TierUse,
  all: ReturnType<typeof everybodyOf>,
): string {
  const times = timesAll(use, tier, all)
  return times === undefined
    ? 'too few'
    : `${((tier.used[use] ?? 0) / tier.people).toFixed(2)} (${times.toFixed(1)})`
}

function Spend({ tiers }: { readonly tiers: readonly TierUse[] }) {
  const prices = tiers[0]?.prices ?? []
  const all = everybodyOf(tiers)
  const total = poundsOf(all.used, prices)
  if (total === undefined) {
    return (
      <Section heading="What it costs" isRuled={false}>
        <p>No price came with the records. Send unit_costs with a year and a source for each.</p>
      </Section>
    )
  }
  const rows = [...tiers, { tier: 'Everybody', place: 4, ...all, prices }]
  return (
    <Section heading="What it costs" isRuled={false}>
      <DataTable
        caption="What it costs"
        isCaptionHidden
        rows={rows}
        keyOf={({ place }) => `cost-${place}`}
        columns={[
          { head: 'Tier', cell: ({ tier }) => tier },
          {
            head: 'Pounds a person a year',
            isNumber: true,
            cell: ({ people, used }) =>
              `${poundsWords(people, used, prices, people)}${timesWords(people, used, prices, total / Math.max(1, all.people))}`,
          },
          {
            head: 'Pounds in all',
            isNumber: true,
            cell: ({ people, used }) => poundsWords(people, used, prices, 1),
          },
          {
            head: 'Of 100 pounds',
            isNumber: true,
            cell: ({ used }) => Math.round((100 * (poundsOf(used, prices) ?? 0)) / total),
          },
        ]}
      />
      <p className="kw-second">
        In brackets: how many times everybody’s. An estimate: counts times prices, for what is counted and has
        a price.{' '}
        {prices
          .map(({ item, pounds, year }) => `${item} £${pounds.toLocaleString('en-GB')} (${year})`)
          .join('; ')}
        . Community, mental health and social care are not in it. Elsewhere: 5 times the average, and £60
        million for an area of 250,000; the two are not the same measure.
      </p>
    </Section>
  )
}

function poundsWords(people: number, used: TierUse['used'], prices: TierUse['prices'], over: number): string {
  const pounds = poundsOf(used, prices)
  return pounds === undefined || people === 0 ? 'nobody' : `£${whole(pounds / over)}`
}

function timesWords(people: number, used: TierUse['used'], prices: TierUse['prices'], each: number): string {
  const pounds = poundsOf(used, prices)
  return pounds === undefined || people === 0 ? '' : ` (${(pounds / people / each).toFixed(1)})`
}

function Places({ practices, run }: { readonly practices: readonly PracticePlaces[]; readonly run: Run }) {
  const found = shownCounts(practices.map((practice) => practice.found))
  const considered = shownCounts(practices.map((practice) => practice.considered))
  const rows = practices.map((practice, at) => ({
    ...practice,
    shownFound: found[at] ?? 'not shown',
    shownConsidered: considered[at] ?? 'not shown',
  }))
  return (
    <Section heading="Places by practice" isRuled={false}>
      <DataTable
        caption="Places by practice"
        isCaptionHidden
        rows={rows}
        keyOf={({ name }) => `places-${name}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
        columns={[
          { head: 'Practice', cell: ({ name }) => name },
          { head: 'Considered', cell: ({ shownConsidered }) => shownWords(shownConsidered), isNumber: true },
          { head: 'On the list', cell: ({ shownFound }) => shownWords(shownFound), isNumber: true },
          {
            head: 'Of 1,000 considered',
            isNumber: true,
            cell: ({ found: onList, considered: all, shownFound, shownConsidered }) =>
              rateWords(
                typeof shownFound === 'number' && typeof shownConsidered === 'number'
                  ? rateOf(onList, all, 1000)
                  : undefined,
                shownFound,
                shownConsidered,
              ),
          },
          {
            head: 'Weighted list',
            isNumber: true,
            cell: ({ weightedListSize }) =>
              weightedListSize === null ? 'Not known' : whole(weightedListSize),
          },
          {
            head: `Places at ${run.percent}% of it`,
            isNumber: true,
            cell: ({ weightedListSize }) =>
              weightedListSize === null ? 'Not known' : whole(placesFor(weightedListSize, run.percent)),
          },
        ]}
      />
      <p className="kw-second">
        A weighted list is as the load gave it: it makes up for older and sicker people. Where the list has
        more people than places, it is because more of the highest are there. Whether people who live in the
        country are found as often stands under “Who is found”, where the site has a list of rural areas.
      </p>
    </Section>
  )
}

/** The page of what high-risk people use against everybody. */
export const profileRoutes: readonly Route[] = [
  { method: 'GET', path: address, may: 'see evaluation', answer: show },
]
