import type { Asked } from '#access'
import { FilterBar, Panel, renderPage, Section, TextField } from '#ui'
import { sustained, twoScores, twoYears } from './claim-rules.ts'
import { numberAsked } from './numbers.tsx'
import { rate } from './sentences.ts'

const address = '/evaluation/claims'

/** Three forms for somebody who has been handed a figure with nobody to compare with. */
export function claimsPage(asked: Asked): string {
  return renderPage({
    furniture: asked.furniture,
    title: 'Check a claim',
    lead: 'Somebody says that something fell. Put in what they counted, and read what may be said of it.',
    back: { href: '/evaluation', words: 'Back to Did it help?' },
    children: (
      <>
        <Counts asked={asked} />
        <Years asked={asked} />
        <Scores asked={asked} />
      </>
    ),
  })
}

type Part = { readonly asked: Asked }

const Field = (props: { readonly name: string; readonly label: string; readonly value: string }) => (
  <TextField {...props} widthChars={5} />
)

function Counts({ asked }: Part) {
  const before = numberAsked(asked, 'before', { usual: 40, least: 1, most: 1_000_000 })
  const after = numberAsked(asked, 'after', { usual: 31, least: 1, most: 1_000_000 })
  const { ratio, changePercent, mayBeChance } = twoYears(before, after)
  const moved = `${changePercent <= 0 ? 'fell' : 'rose'} ${Math.round(Math.abs(changePercent))}%`
  return (
    <Section heading="Two yearly counts of a place" id="counts">
      <FilterBar action={`${address}#counts`} label="Two yearly counts">
        <Field name="before" label="The year before" value={String(before)} />
        <Field name="after" label="The year after" value={String(after)} />
      </FilterBar>
      <Panel
        kind={mayBeChance ? 'caution' : 'neutral'}
        heading={mayBeChance ? 'One year, may be random.' : 'More than chance alone would often do.'}
      >
        <p>
          The count {moved}: ratio {rate(ratio.value)} (95% interval {rate(ratio.low)} to {rate(ratio.high)}).
          Nobody was compared, so this says nothing of what made it move.
        </p>
      </Panel>
    </Section>
  )
}

function Years({ asked }: { readonly asked: Asked }) {
  const typed = asked.query.text('years') || '100 82 97 101'
  const values = typed.split(/[\s,;]+/).map(Number)
  const isRead = values.length >= 3 && values.every((value) => Number.isFinite(value) && value > 0)
  const found = isRead ? sustained(values) : undefined
  return (
    <Section heading="The same measure over several years" id="years">
      <FilterBar action={`${address}#years`} label="Several years">
        <TextField
          name="years"
          label="The year before, then each year after"
          hint="Numbers with spaces between, at least 3"
          value={typed}
          widthChars={30}
        />
      </FilterBar>
      {found ? (
        <Panel kind={found.verdict === 'sustained' ? 'neutral' : 'caution'} heading={yearsHeading(found)}>
          <p>
            {found.verdict === 'not sustained'
              ? 'At least half of the first year’s fall was given back.'
              : 'A first year is often the best: look again every year.'}{' '}
            Nobody was compared.
          </p>
        </Panel>
      ) : (
        <Panel kind="caution" heading="Enter at least 3 numbers above 0" />
      )}
    </Section>
  )
}

function yearsHeading({ verdict, year }: ReturnType<typeof sustained>): string {
  if (verdict === 'no fall') return 'It did not fall in the first year.'
  return verdict === 'sustained'
    ? 'The first year’s fall was kept.'
    : `Not sustained: given back by year ${year}.`
}

function Scores({ asked }: Part) {
  const scores = {
    people: numberAsked(asked, 'people', { usual: 168, least: 2, most: 100_000 }),
    before: numberAsked(asked, 'first', { usual: 30, least: -1000, most: 1000 }),
    after: numberAsked(asked, 'second', { usual: 37, least: -1000, most: 1000 }),
    spread: numberAsked(asked, 'spread', { usual: 8, least: 0.01, most: 1000 }),
    everybodyMean: numberAsked(asked, 'everybody', { usual: 42, least: -1000, most: 1000 }),
    correlation: numberAsked(asked, 'correlation', { usual: 0.6, least: 0, most: 1 }),
  }
  const { expected, left } = twoScores(scores)
  const [moved, back] = [scores.after - scores.before, expected]
  return (
    <Section heading="A score that people gave twice" id="scores">
      <FilterBar action={`${address}#scores`} label="A score given twice">
        <Field name="people" label="People" value={String(scores.people)} />
        <Field name="first" label="Mean at the start" value={String(scores.before)} />
        <Field name="second" label="Mean later" value={String(scores.after)} />
        <Field name="spread" label="Standard deviation" value={String(scores.spread)} />
        <Field name="everybody" label="Everybody’s mean" value={String(scores.everybodyMean)} />
        <Field name="correlation" label="Test-retest correlation" value={String(scores.correlation)} />
      </FilterBar>
      <Panel kind="caution" heading="No control: part of this would have happened anyway.">
        <p>
          The mean moved by {moved.toFixed(1)}. People chosen for a low or high score come back towards
          everybody’s mean: {back.toFixed(1)} of it would be expected with nothing done. That leaves{' '}
          {left.value.toFixed(1)} (95% interval {left.low.toFixed(1)} to {left.high.toFixed(1)}), if
          everybody’s mean and the correlation are right.
        </p>
      </Panel>
    </Section>
  )
}
