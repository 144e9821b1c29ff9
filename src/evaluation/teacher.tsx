import type { Asked } from '#access'
import { regressionToTheMean } from '#statistics'
import { DataTable, dots100, FilterBar, Panel, renderPage, Section, Select, Slider, SliderParts } from '#ui'
import { NumberField, numberAsked } from './numbers.tsx'

// The shape of the gamma: how unevenly admissions fall on people.
const uneven = [
  { value: '0.3', words: 'Very unevenly: a few people have most of them' },
  { value: '0.5', words: 'Unevenly, as in most towns' },
  { value: '1.5', words: 'Fairly evenly' },
] as const

/**
 * Choose whom a service takes, and see how far their admissions fall in the next year with no service at all.
 *
 * @source evaluation design 2.7 (b); Roland and others, BMJ 2005;330:289.
 */
export function teacherPage(asked: Asked): string {
  const mean = numberAsked(asked, 'mean', { usual: 0.25, least: 0.01, most: 5 })
  const least = Math.round(numberAsked(asked, 'least', { usual: 2, least: 1, most: 6 }))
  const shape = Number(uneven.find(({ value }) => value === asked.query.text('shape'))?.value ?? 0.5)
  const all = [1, 2, 3, 4, 5, 6].map((from) => ({ from, ...regressionToTheMean({ mean, shape }, from) }))
  return renderPage({
    furniture: asked.furniture,
    title: 'What falls by itself',
    lead: 'People join a service after a bad year. Most bad years are followed by better ones, with or without help.',
    back: { href: '/evaluation', words: 'Back to Did it help?' },
    children: (
      <>
        <FilterBar action="/evaluation/teacher" label="Whom the service takes">
          <Slider
            name="least"
            label="Fewest emergency admissions in the year to be taken"
            from={1}
            to={6}
            value={least}
            shows="threshold"
          />
          <NumberField
            name="mean"
            label="Emergency admissions a person a year, everybody"
            widthChars={5}
            value={mean}
          />
          <Select name="shape" label="How do they fall on people?" choices={uneven} current={String(shape)} />
        </FilterBar>
        <SliderParts
          name="threshold"
          value={least}
          isRead
          parts={all.map((one) => ({ at: one.from, shown: <Fall {...one} /> }))}
        />
        <SliderParts
          name="threshold"
          value={least}
          parts={all.map(({ from, changePercent }) => ({
            at: from,
            shown: dots100({
              name: `Of 100 emergency admissions of those with ${from} or more, how many happen in the next year`,
              count: Math.round(100 + changePercent),
            }),
          }))}
        />
        <Thresholds all={all} />
        <Section heading="It was seen in England">
          <p>
            People of 65 and over with 2 or more emergency admissions in one year had 38% of all admissions of
            that age in that year, under 10% in the next and about 3% five years later. Nothing had been done
            for them (Roland and others, BMJ 2005;330:289).
          </p>
          <p>
            This is why no before-after figure stands alone here: beside it is always what{' '}
            <a href="/evaluation">people like them who did not join</a> did. You can also{' '}
            <a href="/evaluation/claims">check a claim</a> that somebody else makes.
          </p>
        </Section>
      </>
    ),
  })
}

type Chosen = ReturnType<typeof regressionToTheMean> & { readonly from: number }

function Fall({ from, before, after, changePercent }: Chosen) {
  return (
    <Panel
      kind="caution"
      heading={`It takes people with ${from} or more. With no service at all: ${Math.round(-changePercent)}% fewer.`}
    >
      <p>
        They had {before.toFixed(2)} emergency admissions each in the year for which they were chosen, and
        would be expected to have {after.toFixed(2)} in the next. A report that compares the two years and
        nobody else would call this the service’s doing.
      </p>
    </Panel>
  )
}

function Thresholds({ all }: { readonly all: readonly Chosen[] }) {
  return (
    <Section heading="The more it asks for, the further they fall back">
      <DataTable
        caption="What happens with no service, by whom it takes"
        isCaptionHidden
        rows={all}
        keyOf={({ from }) => `from-${from}`}
        columns={[
          { head: 'Takes people with at least', cell: ({ from }) => from },
          { head: 'That year, each', cell: ({ before }) => before.toFixed(2), isNumber: true },
          { head: 'Next year, each', cell: ({ after }) => after.toFixed(2), isNumber: true },
          {
            head: 'Fall with no service',
            cell: ({ changePercent }) => `${Math.round(-changePercent)}%`,
            isNumber: true,
          },
        ]}
      />
    </Section>
  )
}
