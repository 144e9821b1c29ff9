import type { Problem } from '#access'
import { dateWords, londonDate } from '#calendar'
import {
  assets,
  Button,
  Checkboxes,
  type Furniture,
  HiddenFields,
  Panel,
  PostForm,
  renderPage,
  Section,
  TextField,
  type Typed,
} from '#ui'
import { DriftPanel, type Since, SinceTested } from '../drift/since-tested.tsx'
import { IsItFair } from './report-fair.tsx'
import { FiveNumbers, HowWell, WhoWasCounted } from './report-parts.tsx'
import { WhatSocialCareAdds } from './report-social-care.tsx'
import { Checks, WhatToDo } from './report-tables.tsx'
import { WhatAListWillSay } from './report-update.tsx'
import { verdictHeading, verdictSentences } from './report-words.ts'
import { targetOf } from './targets.data.ts'
import type { ModelSwitch, TrainedModel } from './types.ts'
import type { Verdict } from './verdict.ts'

export type ReportView = {
  readonly furniture: Furniture
  readonly model: TrainedModel
  /** The switch in force, whichever model it is of. */
  readonly inForce?: ModelSwitch
  readonly maySwitch: boolean
  readonly never?: string
  /** What every load since it was tested said of it. */
  readonly since: Since
  readonly problems?: readonly Problem[]
  readonly typed?: Typed
}

const panels: Readonly<Record<Verdict, 'verdict-good' | 'caution' | 'withheld' | 'verdict-bad'>> = {
  'good enough to suggest': 'verdict-good',
  'use the rule instead': 'caution',
  'cannot tell': 'withheld',
  'do not use': 'verdict-bad',
}

/** The validation report of one model, its verdict first, and the switch under it for who may. */
export function reportPage(view: ReportView): string {
  const { model, maySwitch, problems, typed } = view
  return renderPage({
    furniture: view.furniture,
    title: 'Is this model good enough?',
    caption: captionOf(model),
    isStamped: true,
    back: { href: '/models', words: 'All models' },
    acts: <a href={`/models/${model.id}/file`}>Download as one file</a>,
    problems,
    typed,
    children: (
      <>
        <Report model={model} since={view.since} />
        {maySwitch && <Switch view={view} />}
      </>
    ),
  })
}

const captionOf = ({ name, trainedOn, testedOn, report }: TrainedModel) =>
  `Model ${name} of ${targetOf(report).of}, trained on the year from ${dateWords(trainedOn)}, tested on the year from ${dateWords(testedOn)}`

function Report({ model: { report }, since }: { readonly model: TrainedModel; readonly since?: Since }) {
  const { verdict } = report.judgement
  const target = targetOf(report)
  return (
    <>
      <DriftPanel check={since?.checks[0]} target={target} />
      {target.key !== 'emergency admission' && (
        <Panel kind="neutral" heading={`This model is of ${target.of}`}>
          <p>
            {target.definition}. It says nothing of emergency admissions, and its numbers must not be held
            against those of a model of them.
          </p>
        </Panel>
      )}
      <Panel kind={panels[verdict]} heading={verdictHeading(verdict, report)}>
        {verdictSentences(report).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Panel>
      <FiveNumbers report={report} />
      <HowWell report={report} />
      <IsItFair report={report} />
      <WhatAListWillSay report={report} />
      <WhatSocialCareAdds report={report} />
      <WhoWasCounted report={report} />
      {since && <SinceTested since={since} />}
      <WhatToDo report={report} />
      <Checks report={report} />
    </>
  )
}

function Switch({ view: { model, inForce, never } }: { readonly view: ReportView }) {
  if (inForce?.modelId === model.id) {
    return (
      <Section heading="In use">
        <p>
          In use since {dateWords(londonDate(inForce.onAt))}. {inForce.answeredForBy} answers for it.
        </p>
        <PostForm action="/models/off">
          <Button kind="secondary">Take it out of use</Button>
        </PostForm>
        <p className="kw-second">The next page shows the list by the rule, and no number.</p>
      </Section>
    )
  }
  if (never) return <Section heading="Not for use here">{<p>{never}.</p>}</Section>
  return (
    <Section heading="Put this model in use">
      <p>
        The list is then ordered by it, and shows each person how many of 100 people with such a record{' '}
        {targetOf(model.report).had} in the following 12 months here. A clinician still judges every person.
        {inForce && ' It takes the place of the model in use now.'}
      </p>
      <PostForm action={`/models/${model.id}/on`}>
        <HiddenFields fields={{ report: model.reportSha256 }} />
        <TextField
          name="answeredForBy"
          label="Clinical safety officer who answers for this"
          hint="Their name stands on the list with today’s date"
          widthChars={30}
        />
        <Checkboxes
          name="hasRead"
          label="The report"
          choices={[{ value: 'yes', words: 'I have read this report, and the groups it serves badly' }]}
        />
        <Button>Put this model in use</Button>
      </PostForm>
    </Section>
  )
}

/** The report as one file that asks for nothing: its style is inside it. */
export function reportFile(furniture: Furniture, model: TrainedModel, since?: Since): string {
  const bare: Furniture = {
    ...furniture,
    navigation: [],
    caller: undefined,
    hasSearch: false,
    csrfToken: '',
    whatToTry: undefined,
    wasSaved: undefined,
  }
  const html = renderPage({
    furniture: bare,
    title: `Model report ${model.name}`,
    heading: 'Is this model good enough?',
    caption: captionOf(model),
    isStamped: true,
    slim: true,
    children: <Report model={model} since={since} />,
  })
  const files = new Map(assets().map(({ path, body }) => [path, body.toString()]))
  return html
    .replace(/<link rel="icon"[^>]*>/, '')
    .replace(/<script[^>]*><\/script>/g, '')
    .replace(
      /<link rel="stylesheet" href="([^"]+)"[^>]*>/g,
      (_, href: string) => `<style>${files.get(href) ?? ''}</style>`,
    )
}
