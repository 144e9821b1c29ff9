import { type Answer, type Asked, notForYou, type Problem, type Route, type StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { type Programme, programmes } from '#organisations'
import {
  Button,
  DataTable,
  EmptyState,
  FilterBar,
  HiddenFields,
  PostForm,
  renderPage,
  Section,
  Select,
  SummaryList,
  TextField,
} from '#ui'
import { ApprovalFields } from '../approval-fields.tsx'
import { programmeFor } from '../candidates.ts'
import { freeWords } from '../cuts/cut-words.ts'
import { freePlaces } from '../cuts/store.ts'
import type { FreePlaces } from '../cuts/types.ts'
import { ProgrammeChips } from '../programme-chips.tsx'
import type { Run } from '../types.ts'
import { counted } from '../words.ts'
import { drawLots, type Planned, planLots, type Waiting, waitingIn } from './actions.ts'
import { showLot } from './lot-page.tsx'
import { bandChoices, bandWords, type LotForm } from './rules.ts'
import { lotsOf } from './store.ts'
import type { Lot } from './types.ts'

const may = 'approve lots'

const formOf = ({ text }: Asked['query']): LotForm => ({ places: text('places'), band: text('band') })

/** What a draw by lot would mean, the form that approves it, and every draw there has been. */
async function showLots(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const programme = await programmeFor(visit, asked.query.text('programme'))
  if (!programme) throw notForYou()
  const isAsked = asked.query.text('places') !== '' || asked.query.text('band') !== ''
  return page(visit, asked, { programme, form: formOf(asked.query), isAsked, problems: [] })
}

type View = {
  readonly programme: Programme
  readonly form: LotForm
  readonly isAsked: boolean
  readonly problems: readonly Problem[]
}

async function page(visit: StaffVisit, asked: Asked, view: View): Promise<Answer> {
  const { programme, form, isAsked } = view
  const waiting = await waitingIn(visit, programme)
  const free = await freePlaces(visit.db, programme.id)
  const plan = waiting && isAsked ? planLots(waiting, form) : undefined
  const problems = view.problems.length > 0 ? view.problems : plan && !plan.ok ? plan.problems : undefined
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Near ties by lot',
    caption: programme.template.name,
    lead: 'When places are fewer than people, those at the line are as good as equal. A lot is fairer than a last digit, and lets us learn whether the service helps.',
    isStamped: true,
    problems,
    typed: problems && { ...asked.form.typed, ...form },
    children: (
      <>
        <ProgrammeChips
          all={await programmes(visit.db)}
          chosen={programme}
          hrefFor={(key) => `/case-finding/lots?programme=${key}`}
        />
        {waiting ? (
          <>
            <p>
              <b>{counted(waiting.line.length, 'person', 'people')} left to judge</b> on the list of{' '}
              {dateWords(waiting.run.indexOn)}, in all practices. {free && `${freeWords(free)}. `}People added
              by hand have no rank and are never drawn.
            </p>
            <WhatItMeans
              programme={programme}
              waiting={waiting}
              form={isAsked ? form : usual(free, waiting.run)}
            />
            {plan?.ok && <Approve view={view} waiting={waiting} planned={plan.value} />}
          </>
        ) : (
          <EmptyState says="There is no list yet, so there is nothing to draw." />
        )}
        <Draws lots={await lotsOf(visit.db, programme.id)} />
      </>
    ),
  })
  return { kind: 'page', html, status: problems ? 422 : 200 }
}

// As many as are free and the nearest ties there are: what most would ask first.
const usual = (free: FreePlaces | undefined, { modelId }: Run): LotForm => ({
  places: free && free.free > 0 ? String(free.free) : '',
  band: modelId === undefined ? 'alike' : 'in100-1',
})

function WhatItMeans(props: {
  readonly programme: Programme
  readonly waiting: Waiting
  readonly form: LotForm
}) {
  const { programme, waiting, form } = props
  return (
    <Section heading="See what a draw would mean">
      <FilterBar
        action="/case-finding/lots"
        label="What a draw would mean"
        keep={{ programme: programme.key }}
      >
        <TextField
          name="places"
          label="Places free"
          labelSize="plain"
          kind="number"
          widthChars={4}
          value={form.places}
        />
        <Select
          name="band"
          label="Who counts as a near tie"
          labelSize="plain"
          current={form.band}
          choices={[{ value: '', words: 'Choose' }, ...bandChoices(waiting.run.modelId !== undefined)]}
        />
      </FilterBar>
    </Section>
  )
}

/** The consequence, and the form by which somebody answers for it. */
function Approve(props: { readonly view: View; readonly waiting: Waiting; readonly planned: Planned }) {
  const { view, waiting, planned } = props
  const { parted, places, band } = planned
  const { before, inDraw, after, toDraw } = parted
  return (
    <Section heading="What this draw would mean">
      <SummaryList
        rows={[
          { label: 'Places free', value: places.toLocaleString('en-GB') },
          {
            label: 'Asked without a lot',
            value: `${before.length.toLocaleString('en-GB')}, before the near ties`,
          },
          {
            label: 'In the draw',
            value: `${inDraw.length.toLocaleString('en-GB')}, ${bandWords(band)}. ${counted(toDraw, 'of them is', 'of them are')} drawn`,
          },
          { label: 'After them', value: `${after.length.toLocaleString('en-GB')}, who wait as before` },
        ]}
      />
      <p>
        Nobody is hidden or refused by it. Those not drawn stay on the list and may be accepted by hand, with
        a reason. What was drawn can never be changed or drawn again.
      </p>
      <PostForm action="/case-finding/lots">
        <HiddenFields
          fields={{
            programme: view.programme.key,
            ...view.form,
            seen: String(waiting.lots.length),
          }}
        />
        <ApprovalFields
          label="Why are near ties drawn?"
          hint="Everybody who works down the list reads this"
          act="this draw"
        />
        <Button>Draw the lots</Button>
      </PostForm>
    </Section>
  )
}

function Draws({ lots }: { readonly lots: readonly Lot[] }) {
  if (lots.length === 0) return <EmptyState says="Nothing has been drawn by lot." />
  return (
    <Section heading="Draws so far" count={lots.length}>
      <DataTable
        caption="Draws, the newest first"
        isCaptionHidden
        rows={lots}
        keyOf={({ id }) => id}
        columns={[
          {
            head: 'Drawn',
            cell: ({ id, drawnOn }) => <a href={`/case-finding/lots/${id}`}>{dateWords(drawnOn)}</a>,
          },
          { head: 'Approved by', cell: ({ approvedByName }) => approvedByName },
          { head: 'Places', cell: ({ places }) => places.toLocaleString('en-GB'), isNumber: true },
          { head: 'In the draw', cell: ({ inDraw }) => inDraw.toLocaleString('en-GB'), isNumber: true },
          { head: 'Drawn of them', cell: ({ drawn }) => drawn.toLocaleString('en-GB'), isNumber: true },
          { head: 'Why', cell: ({ reason }) => reason, width: 'wide' },
        ]}
      />
    </Section>
  )
}

/** Draws what the form approves. */
async function draw(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const programme = await programmeFor(visit, asked.form.text('programme'))
  if (!programme) throw notForYou()
  const form = formOf(asked.form)
  const outcome = await drawLots(visit, programme, {
    ...form,
    reason: asked.form.text('reason'),
    isApproved: asked.form.text('approved') === 'yes',
    seen: Number.parseInt(asked.form.text('seen'), 10) || 0,
  })
  if (!outcome.ok) return page(visit, asked, { programme, form, isAsked: true, problems: outcome.problems })
  return {
    kind: 'go',
    to: `/case-finding/lots/${outcome.value.lotId}`,
    saved: `${counted(outcome.value.drawn, 'person was', 'people were')} drawn. The list says so.`,
  }
}

/** Near ties drawn by lot: what a draw would mean, the draw, and the record of it. */
export const lotRoutes: readonly Route[] = [
  { method: 'GET', path: '/case-finding/lots', may, answer: showLots },
  { method: 'POST', path: '/case-finding/lots', may, answer: draw },
  { method: 'GET', path: '/case-finding/lots/:lot', may, answer: showLot },
]
