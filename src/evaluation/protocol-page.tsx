import { dateWords, londonDate, timeWords } from '#calendar'
import type { Progress } from '#jobs'
import {
  Button,
  Chips,
  DataTable,
  type Furniture,
  HiddenFields,
  Panel,
  PostForm,
  type Problem,
  renderPage,
  Section,
  Steps,
  SummaryList,
  type Typed,
} from '#ui'
import { Alike } from './answer-parts.tsx'
import { thingNamed } from './asked-words.ts'
import { trialCheck } from './checks.ts'
import type { ChoiceFacts } from './choice-rules.ts'
import { choicesOf, protocolBy } from './choices.ts'
import type { Answered } from './pages.tsx'
import { WriteOne } from './protocol-form.tsx'
import { stepsOf } from './protocol-rules.ts'
import { askedRows, differIn, methodRows } from './protocol-words.ts'
import { peopleWords, percent, verdictSaid } from './sentences.ts'
import type { Draft, Study } from './study-types.ts'

export type ProtocolView = {
  readonly furniture: Furniture
  readonly all: readonly Answered[]
  readonly chosen: Answered
  readonly studies: readonly Study[]
  readonly draft?: Draft
  readonly openedAt?: Date
  readonly isChecking: boolean
  /** What there is to choose from. */
  readonly facts: ChoiceFacts
  /** The method being tried, where it is. */
  readonly trying?: Progress
  readonly mayLock: boolean
  readonly problems: readonly Problem[]
  readonly typed?: Typed
}

const addressOf = ({ programme }: Answered, path = '/evaluation/protocol') =>
  `${path}?programme=${encodeURIComponent(programme.key)}`

/** How one programme is studied: what was set down, by whom and when, and what comes next. */
export function protocolPage(view: ProtocolView): string {
  const { furniture, all, chosen, studies, draft, mayLock, problems, typed } = view
  const [study] = studies
  return renderPage({
    furniture,
    title: 'How we know',
    caption: chosen.programme.template.name,
    back: { href: addressOf(chosen, '/evaluation'), words: 'Back to Did it help?' },
    lead: 'Everything is set down before any outcome is read. What is locked is never changed: a change is a new version that says so.',
    isStamped: true,
    problems,
    typed,
    children: (
      <>
        {all.length > 1 && (
          <Chips
            label="Programme"
            chips={all.map((one) => ({
              href: addressOf(one),
              words: one.programme.template.name,
              isCurrent: one.programme.id === chosen.programme.id,
            }))}
          />
        )}
        {draft && <NextVersion view={view} draft={draft} />}
        <InForce view={view} study={study} />
        {studies.length > 1 && <Versions studies={studies} view={view} />}
        <Tried view={view} />
        {mayLock && <WriteOne view={view} />}
      </>
    ),
  })
}

function InForce({ view, study }: { readonly view: ProtocolView; readonly study?: Study }) {
  if (!study)
    return (
      <Section heading="Nothing is locked yet">
        <p>The method that ships is written down on the first night after somebody joins.</p>
      </Section>
    )
  const steps = stepsOf({ study, openedAt: view.openedAt, answeredAt: view.chosen.result?.ranAt })
  return (
    <Section heading={`Version ${study.protocol.version}, in force`}>
      <Steps steps={steps.map(({ on, ...step }) => ({ ...step, note: on && atWords(on) }))} />
      <SummaryList rows={methodRows(study, view.chosen.programme)} />
    </Section>
  )
}

const atWords = (at: Date) => `${dateWords(londonDate(at))}, ${timeWords(at)}`

function NextVersion({ view, draft }: { readonly view: ProtocolView; readonly draft: Draft }) {
  const { chosen, isChecking, mayLock } = view
  return (
    <Section heading="The next version, not locked">
      <Steps steps={stepsOf({ draft }).map(({ on, ...step }) => ({ ...step, note: on && atWords(on) }))} />
      <SummaryList
        rows={[
          ...askedRows(protocolBy(draft.plan, 1), chosen.programme),
          { label: 'Written by', value: `${draft.writtenByName}, ${atWords(draft.writtenAt)}` },
          ...(draft.plan.whatChanged
            ? [{ label: 'What changes, and why', value: draft.plan.whatChanged }]
            : []),
        ]}
      />
      {mayLock && draft.check && (
        <PostForm action="/evaluation/protocol/check">
          <HiddenFields fields={{ programme: chosen.programme.key }} />
          <Button kind="secondary">Check it again</Button>
        </PostForm>
      )}
      <WhatItCouldSee draft={draft} isChecking={isChecking} />
      {mayLock && (
        <PostForm action="/evaluation/protocol/lock">
          <HiddenFields fields={{ programme: chosen.programme.key, draft: draft.id }} />
          <Button name="lock">Lock this version</Button>
        </PostForm>
      )}
    </Section>
  )
}

function WhatItCouldSee({ draft, isChecking }: { readonly draft: Draft; readonly isChecking: boolean }) {
  const { check, plan } = draft
  if (!check)
    return (
      <Panel kind="neutral" heading={isChecking ? 'It is being checked.' : 'It waits to be checked.'}>
        <p>The groups are matched without any outcome. Come back in a few minutes.</p>
      </Panel>
    )
  if (check.found.kind === 'stopped') {
    const { heading, lines } = verdictSaid(check.found.answer)
    return (
      <Panel kind="withheld" heading={heading}>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p>
          Before there are enough people: <a href="/evaluation/power">could we ever know?</a>
        </p>
      </Panel>
    )
  }
  const { compared } = check.found
  const isEnough = compared.detectableFallPercent <= plan.smallestThatMattersPercent
  return (
    <>
      <Panel
        kind={isEnough ? 'neutral' : 'caution'}
        heading={`With ${peopleWords(compared.matchedTreated)} it can see falls of ${percent(compared.detectableFallPercent)} or more.`}
      >
        <p>
          {isEnough
            ? `That is as small as the fall of ${plan.smallestThatMattersPercent}% that matters.`
            : `The smallest fall that matters is ${plan.smallestThatMattersPercent}%: an answer of “no clear difference” would leave that open.`}{' '}
          No outcome was read. Counted are {thingNamed(choicesOf({ plan }).outcome).many}.
        </p>
      </Panel>
      <Alike compared={compared} />
    </>
  )
}

function Tried({ view: { chosen, trying, mayLock } }: { readonly view: ProtocolView }) {
  const [check] = trialCheck(chosen.trial)
  return (
    <Section heading="The method, tried on services that were not">
      <p>
        People who could have joined and did not are taken for a service, 200 times over. Nothing was done for
        them, so about 5 in 100 should be said to have an effect.{' '}
        {check ? `${check.found}.` : 'It has not been tried here yet.'}
      </p>
      {trying ? (
        <p>
          Running since {timeWords(trying.startedAt)}: {trying.words}.
        </p>
      ) : (
        mayLock && (
          <PostForm action="/evaluation/protocol/try">
            <HiddenFields fields={{ programme: chosen.programme.key }} />
            <Button kind="secondary">Try it now</Button>
          </PostForm>
        )
      )}
    </Section>
  )
}

function Versions({ studies, view }: { readonly studies: readonly Study[]; readonly view: ProtocolView }) {
  const differs = ({ protocol }: Study) => {
    const before = studies.find((one) => one.protocol.version === protocol.version - 1)
    if (!before) return ''
    return differIn(protocol, before.protocol, view.chosen.programme).join(', ') || 'Nothing'
  }
  return (
    <Section heading="Every version there has been" count={studies.length}>
      <DataTable
        caption="Versions, newest first"
        isCaptionHidden
        rows={studies}
        keyOf={({ protocol }) => `version-${protocol.version}`}
        columns={[
          { head: 'Version', cell: ({ protocol }) => protocol.version },
          { head: 'Locked', cell: ({ lockedAt }) => atWords(lockedAt) },
          { head: 'By', cell: ({ lockedByName }) => lockedByName ?? 'The method that ships' },
          { head: 'Differs in', cell: differs },
          {
            head: 'What changed, and why',
            cell: ({ protocol }) => protocol.plan?.whatChanged || 'Nothing was said',
            width: 'wide',
          },
        ]}
      />
    </Section>
  )
}
