import { type Answer, type Asked, notForYou, type Problem, type Route, type StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import { progress } from '#jobs'
import { installation } from '#organisations'
import { DataTable, EmptyState, Panel, renderPage, Section, Tag } from '#ui'
import type { Since } from '../drift/since-tested.tsx'
import { checksOf, movementsOf, newestListOf } from '../drift/store.ts'
import { VersionsBeside } from '../drift/versions.tsx'
import { groupNames } from '../group-names.ts'
import { holdoutRoutes } from '../holdout/holdout-page.tsx'
import { outsideRoutes } from '../outside/outside-page.tsx'
import { AskForTraining, Running } from './ask-training.tsx'
import { askForTraining, neverUsedHere, switchOff, switchOn } from './model-actions.ts'
import { newestRefusal, switches, switchInForce, trainedModel, trainedModels } from './model-store.ts'
import { namedReport } from './named-report.ts'
import { reportFile, reportPage } from './report-page.tsx'
import { shareWords, verdictHeading } from './report-words.ts'
import { targetBySlug, targetOf } from './targets.data.ts'
import type { ModelSwitch, TrainedModel } from './types.ts'

const may = 'see evaluation'

async function showModels(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const [models, inForce] = [await trainedModels(visit.db), await switchInForce(visit.db)]
  const refusal = await newestRefusal(visit.db)
  const running = (await progress(visit.db)).find(({ task, endedAt }) => task === 'train' && !endedAt)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Models',
    lead: inForce ? (
      <>
        <b>{models.find(({ id }) => id === inForce.modelId)?.name} is in use</b>
        {ofWhat(models, inForce)} since {dateWords(londonDate(inForce.onAt))}. {inForce.answeredForBy} answers
        for it.
      </>
    ) : (
      <>
        <b>No model is in use.</b> The list is by the rule, and shows no number about anybody.
      </>
    ),
    isStamped: true,
    children: (
      <>
        {running && <Running job={running} />}
        {refusal && (
          <Panel kind="caution" heading="The last training was refused">
            {<p>{refusal.sentence}</p>}
          </Panel>
        )}
        <p>
          <a href="/case-finding/equity">Who is found, and who is missed, by group</a>
          {'. '}
          <a href="/models/outside">Scores of others</a>
          {visit.caller.activities.has('approve lots') && (
            <>
              {'. '}
              <a href="/case-finding/lots">Near ties by lot</a>
              {'. '}
              <a href="/models/hold-out">Hold-out for renewing the model</a>
            </>
          )}
        </p>
        <Models models={models} inForce={inForce} />
        <VersionsBeside models={models} checks={await checksOf(visit.db)} inForce={inForce} />
        <InUseBefore models={models} all={await switches(visit.db)} />
        {visit.caller.activities.has('see loads') && !running && <AskForTraining />}
      </>
    ),
  })
  return { kind: 'page', html }
}

const ofWhat = (models: readonly TrainedModel[], { modelId }: ModelSwitch) => {
  const model = models.find(({ id }) => id === modelId)
  return model ? `, of ${targetOf(model.report).of},` : ''
}

function Models({
  models,
  inForce,
}: {
  readonly models: readonly TrainedModel[]
  readonly inForce?: ModelSwitch
}) {
  if (models.length === 0) return <EmptyState says="No model has been trained here." />
  return (
    <DataTable
      caption="Models trained here, the newest first"
      isCaptionHidden
      density="list"
      rows={models}
      keyOf={({ id }) => id}
      columns={[
        {
          head: 'Model',
          cell: ({ id, name }) => (
            <>
              <a href={`/models/${id}`}>{name}</a>{' '}
              {inForce?.modelId === id && <Tag colour="blue">In use</Tag>}
            </>
          ),
        },
        { head: 'Of', cell: ({ report }) => targetOf(report).of },
        { head: 'Trained', cell: ({ trainedAt }) => dateWords(londonDate(trainedAt)) },
        { head: 'Tested on the year from', cell: ({ testedOn }) => dateWords(testedOn) },
        { head: 'Right in 100 pairs', cell: ({ report }) => shareWords(report.figures.auc) },
        { head: 'Verdict', cell: ({ verdict, report }) => verdictHeading(verdict, report), width: 'wide' },
        {
          head: 'People',
          cell: ({ kind }) => (kind === 'synthetic' ? <Tag colour="yellow">SYNTHETIC</Tag> : 'Real'),
        },
      ]}
    />
  )
}

/** Every time a model was put in use and taken out of it, and by whom. */
function InUseBefore({
  models,
  all,
}: {
  readonly models: readonly TrainedModel[]
  readonly all: readonly ModelSwitch[]
}) {
  if (all.length === 0) return null
  const dayOf = (at: Date | undefined) => (at ? dateWords(londonDate(at)) : 'Still in use')
  return (
    <Section heading="What was in use, and who answered for it">
      <DataTable
        caption="What was in use"
        isCaptionHidden
        rows={all}
        keyOf={({ id }) => id}
        columns={[
          {
            head: 'Model',
            cell: ({ modelId }) => models.find(({ id }) => id === modelId)?.name ?? 'Not known',
          },
          { head: 'Answers for it', cell: ({ answeredForBy }) => answeredForBy },
          { head: 'Put in use', cell: ({ onAt, onByName }) => `${dayOf(onAt)}, by ${onByName}` },
          {
            head: 'Taken out',
            cell: ({ offAt, offByName }) => `${dayOf(offAt)}${offByName ? `, by ${offByName}` : ''}`,
          },
        ]}
      />
    </Section>
  )
}

async function opened(visit: StaffVisit, asked: Asked): Promise<TrainedModel> {
  const id = asked.params.model ?? ''
  const model = /^[0-9a-f-]{36}$/.test(id) ? await trainedModel(visit.db, id) : undefined
  if (!model) throw notForYou()
  return { ...model, report: namedReport(model.report, await groupNames(visit.db)) }
}

const sinceOf = async (
  { db, today }: StaffVisit,
  { id, testedOn, report }: TrainedModel,
): Promise<Since> => ({
  target: targetOf(report),
  testedOn,
  today,
  checks: await checksOf(db, id),
  movements: await movementsOf(db, id),
  switches: (await switches(db)).filter(({ modelId }) => modelId === id),
  listOn: await newestListOf(db, id),
})

async function showReport(visit: StaffVisit, asked: Asked, problems?: readonly Problem[]): Promise<Answer> {
  const model = await opened(visit, asked)
  const { kind } = await installation(visit.db)
  const html = reportPage({
    furniture: asked.furniture,
    model,
    inForce: await switchInForce(visit.db),
    maySwitch: visit.caller.activities.has('accept purposes'),
    never: neverUsedHere(model, kind ?? ''),
    since: await sinceOf(visit, model),
    problems,
    typed: problems && asked.form.typed,
  })
  return { kind: 'page', html, status: problems ? 422 : 200 }
}

async function showFile(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const model = await opened(visit, asked)
  const made = model.kind === 'synthetic' ? 'SYNTHETIC-' : ''
  return {
    kind: 'file',
    name: `${made}model-report-${model.name}.html`,
    contentType: 'text/html; charset=utf-8',
    body: reportFile(asked.furniture, model, await sinceOf(visit, model)),
  }
}

async function on(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { form, params } = asked
  const outcome = await switchOn(visit, params.model ?? '', {
    answeredForBy: form.text('answeredForBy'),
    hasRead: form.text('hasRead') === 'yes',
    report: form.text('report'),
  })
  if (!outcome.ok) return showReport(visit, asked, outcome.problems)
  return { kind: 'go', to: '/models', saved: 'The model is in use. The lists are being made.' }
}

async function off(visit: StaffVisit): Promise<Answer> {
  const wasOn = await switchOff(visit)
  return { kind: 'go', to: '/models', saved: wasOn ? 'No model is in use.' : 'No model was in use.' }
}

async function askTraining(visit: StaffVisit, asked: Asked): Promise<Answer> {
  await askForTraining(visit, targetBySlug(asked.form.text('of')) ?? 'emergency admission')
  return { kind: 'go', to: '/models', saved: 'A training is promised.' }
}

/** The models trained here, the report of each, and the switch. */
export const modelRoutes: readonly Route[] = [
  { method: 'GET', path: '/models', may, answer: showModels },
  { method: 'POST', path: '/models/train', may: 'see loads', answer: askTraining },
  { method: 'POST', path: '/models/off', may: 'accept purposes', answer: off },
  ...holdoutRoutes,
  ...outsideRoutes,
  { method: 'GET', path: '/models/:model', may, answer: (visit, asked) => showReport(visit, asked) },
  { method: 'GET', path: '/models/:model/file', may, answer: showFile },
  { method: 'POST', path: '/models/:model/on', may: 'accept purposes', answer: on },
]
