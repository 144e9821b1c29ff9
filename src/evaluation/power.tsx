import type { Asked } from '#access'
import { detectableRatio, enrolledNeeded, type RateDesign } from '#statistics'
import { DataTable, FilterBar, Panel, renderPage, Section } from '#ui'
import { NumberField, numberAsked } from './numbers.tsx'
import { number, percent, roughly } from './sentences.ts'

/**
 * What a service could show before it starts: the smallest fall it can see, and how long until it could know.
 *
 * @source evaluation design 2.12.
 */
export function powerPage(asked: Asked): string {
  const asksFor = {
    people: Math.round(numberAsked(asked, 'people', { usual: 84, least: 2, most: 100_000 })),
    aMonth: numberAsked(asked, 'aMonth', { usual: 12, least: 0, most: 10_000 }),
    fall: numberAsked(asked, 'fall', { usual: 20, least: 1, most: 90 }),
  }
  const design: RateDesign = {
    controlsEach: numberAsked(asked, 'controls', { usual: 3, least: 1, most: 5 }),
    years: numberAsked(asked, 'days', { usual: 365, least: 90, most: 1095 }) / 365,
    baseRate: numberAsked(asked, 'rate', { usual: 1, least: 0.05, most: 10 }),
    overdispersion: numberAsked(asked, 'varies', { usual: 0.8, least: 0, most: 5 }),
  }
  return renderPage({
    furniture: asked.furniture,
    title: 'Could we ever know?',
    lead: 'How small a fall a service of this size could tell from chance, in 8 of 10 such services.',
    back: { href: '/evaluation', words: 'Back to Did it help?' },
    children: (
      <>
        <Form asksFor={asksFor} design={design} />
        <Meter asksFor={asksFor} design={design} />
        <Sizes design={design} />
      </>
    ),
  })
}

type AsksFor = { readonly people: number; readonly aMonth: number; readonly fall: number }
type Part = { readonly asksFor: AsksFor; readonly design: RateDesign }

function Form({ asksFor, design }: Part) {
  return (
    <FilterBar action="/evaluation/power" label="The service">
      <NumberField name="people" label="People helped" widthChars={5} value={asksFor.people} />
      <NumberField name="aMonth" label="More each month" widthChars={4} value={asksFor.aMonth} />
      <NumberField name="fall" label="Fall you hope for, %" widthChars={3} value={asksFor.fall} />
      <NumberField
        name="rate"
        label="Emergency admissions a person a year"
        widthChars={4}
        value={design.baseRate}
      />
      <NumberField name="controls" label="Matched people each" widthChars={3} value={design.controlsEach} />
      <NumberField
        name="days"
        label="Followed for, days"
        widthChars={4}
        value={Math.round(design.years * 365)}
      />
      <NumberField
        name="varies"
        label="How much more than chance people differ"
        hint="0 is not at all. 0.8 is usual for emergency admissions"
        widthChars={4}
        value={design.overdispersion}
      />
    </FilterBar>
  )
}

function Meter({ asksFor: { people, aMonth, fall }, design }: Part) {
  const seen = seenBy(people, design)
  const needed = enrolledNeeded(1 - fall / 100, design)
  const isEnough = seen <= fall
  const months = aMonth > 0 ? Math.ceil((needed - people) / aMonth) : undefined
  return (
    <Panel
      kind={isEnough ? 'neutral' : 'caution'}
      heading={
        seen < 100
          ? `With ${number(people)} people you can only see falls of ${percent(seen)} or more.`
          : `With ${number(people)} people no fall could be told from chance, however large.`
      }
    >
      {isEnough ? (
        <p>A fall of {percent(fall)} would be told from chance in at least 8 of 10 such services.</p>
      ) : (
        <>
          <p>
            To see a fall of {percent(fall)} takes about {roughly(needed)} people.
            {months !== undefined &&
              ` At ${number(aMonth)} a month: ${monthsWords(months)}, and then ${followedWords(design.years)} to follow them.`}
          </p>
          <p>
            Most matched evaluations of schemes like this found no fall. Until there are enough, report it as
            learning, not effect.
          </p>
        </>
      )}
    </Panel>
  )
}

const monthsWords = (months: number) =>
  months > 24
    ? `about ${Math.round(months / 12)} more years`
    : `${months} more ${months === 1 ? 'month' : 'months'}`

const followedWords = (years: number) => (years === 1 ? 'a year' : `${Math.round(years * 365)} days`)

/** The smallest fall, in words: nothing where not even none at all could be told apart. */
const fallWords = (seen: number) => (seen < 100 ? percent(seen) : 'none')

const seenBy = (people: number, design: RateDesign) => (1 - detectableRatio(people, design)) * 100

function Sizes({ design }: { readonly design: RateDesign }) {
  const with1 = { ...design, controlsEach: 1 }
  return (
    <Section heading="The smallest fall that can be seen">
      <DataTable
        caption="The smallest fall that can be seen, by how many are helped"
        isCaptionHidden
        rows={[50, 100, 200, 500, 1000]}
        keyOf={(people) => `people-${people}`}
        columns={[
          { head: 'People helped', cell: (people) => number(people) },
          { head: '1 matched each', cell: (people) => fallWords(seenBy(people, with1)), isNumber: true },
          {
            head: '3 matched each',
            cell: (people) => fallWords(seenBy(people, { ...design, controlsEach: 3 })),
            isNumber: true,
          },
          {
            head: '5 matched each',
            cell: (people) => fallWords(seenBy(people, { ...design, controlsEach: 5 })),
            isNumber: true,
          },
        ]}
      />
      <p className="kw-second">Beyond 3 matched people each little is gained.</p>
    </Section>
  )
}
