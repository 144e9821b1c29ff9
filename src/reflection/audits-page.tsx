import { type Answer, type Asked, notForYou, type Problem, type StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import {
  Button,
  Chips,
  DataTable,
  EmptyState,
  FieldRow,
  FilterBar,
  HiddenFields,
  PostForm,
  renderPage,
  TextArea,
  TextField,
} from '#ui'
import { isFinished, readNewAudit, shareMet } from './audit-rules.ts'
import { auditsHere, insertAudit } from './audit-store.ts'
import type { Audit, NewAudit } from './audit-types.ts'
import { reflectionTabs } from './place.ts'

type AuditFilter = { readonly show: '' | 'under way' | 'finished'; readonly words: string }

const addressOf = ({ show, words }: AuditFilter) => {
  const set = Object.entries({ show, q: words }).filter(([, value]) => value !== '')
  return set.length === 0 ? '/reflection/audits' : `/reflection/audits?${new URLSearchParams(set)}`
}

const isKept = (audit: Audit, { show, words }: AuditFilter) =>
  (!show || (show === 'finished') === isFinished(audit)) &&
  `${audit.question} ${audit.criterion}`.toLowerCase().includes(words.toLowerCase())

/** The rounds of audits of the reader's own place. */
export async function showAudits(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const all = await auditsHere(visit.db)
  const show = asked.query.text('show')
  const filter: AuditFilter = {
    show: show === 'under way' || show === 'finished' ? show : '',
    words: asked.query.text('q'),
  }
  const kept = all.filter((audit) => isKept(audit, filter))
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Audits',
    caption: visit.caller.organisation.name,
    lead: 'Do we do what we said we would? A criterion, a sample nobody chose, a finding for each record, a change, and again.',
    tabs: reflectionTabs(visit, '/reflection/audits'),
    acts: <Button href="/reflection/audits/new">Open an audit</Button>,
    children: (
      <>
        <Views all={all} filter={filter} />
        <FilterBar
          action="/reflection/audits"
          label="Search audits"
          keep={filter.show ? { show: filter.show } : {}}
          inForce={
            filter.words ? [{ href: addressOf({ ...filter, words: '' }), words: `“${filter.words}”` }] : []
          }
        >
          <TextField name="q" label="Words in it" labelSize="plain" value={filter.words} widthChars={20} />
        </FilterBar>
        <p>{`Showing ${kept.length} of ${all.length}, newest first.`}</p>
        {kept.length === 0 ? (
          <EmptyState
            says={all.length === 0 ? 'No audit has been opened here yet.' : `0 of ${all.length} match.`}
          />
        ) : (
          <Rounds audits={kept} />
        )}
      </>
    ),
  })
  return { kind: 'page', html }
}

function Views({ all, filter }: { readonly all: readonly Audit[]; readonly filter: AuditFilter }) {
  const views = [
    { words: 'All', show: '' },
    { words: 'Under way', show: 'under way' },
    { words: 'Every record looked at', show: 'finished' },
  ] as const
  return (
    <Chips
      label="Which audits"
      chips={views.map(({ words, show }) => ({
        href: addressOf({ ...filter, show }),
        words,
        count: all.filter((audit) => isKept(audit, { ...filter, show })).length,
        isCurrent: filter.show === show,
      }))}
    />
  )
}

function Rounds({ audits }: { readonly audits: readonly Audit[] }) {
  return (
    <DataTable
      caption="Audits of this place"
      isCaptionHidden
      rows={audits}
      keyOf={({ id }) => `audit-${id}`}
      columns={[
        {
          head: 'What it asks',
          cell: ({ id, question, reAuditOf }) => (
            <>
              <a href={`/reflection/audits/${id}`}>{question}</a>
              {reAuditOf && (
                <>
                  <br />
                  <span className="kw-second">Re-audit</span>
                </>
              )}
            </>
          ),
          width: 'wide',
        },
        {
          head: 'Looked at',
          cell: ({ met, notMet, other, drawn }) => `${met + notMet + other} of ${drawn}`,
          isNumber: true,
        },
        {
          head: 'Met, of 100',
          cell: (audit) => shareMet(audit)?.value.toFixed(0) ?? 'Not yet',
          isNumber: true,
        },
        { head: 'Standard', cell: ({ standardPercent }) => standardPercent, isNumber: true },
        {
          head: 'Opened',
          cell: ({ openedAt, openedByName }) => `${dateWords(londonDate(openedAt))}, ${openedByName}`,
        },
      ]}
    />
  )
}

/** The form of a new round; of a re-audit with the criterion and standard of the round before. */
export const showNewAudit = (visit: StaffVisit, asked: Asked) => newAudit(visit, asked, [])

async function newAudit(visit: StaffVisit, asked: Asked, problems: readonly Problem[]): Promise<Answer> {
  const before = await roundBefore(visit, asked)
  const fresh = before && {
    question: before.question,
    criterion: before.criterion,
    standard: String(before.standardPercent),
    sample: String(before.sampleAsked),
  }
  const html = renderPage({
    furniture: asked.furniture,
    title: before ? 'Open the re-audit' : 'Open an audit',
    back: { href: '/reflection/audits', words: 'Back to audits' },
    lead: 'The sample is drawn when you open it, from everybody in care here now, in an order nobody chooses.',
    problems,
    typed: problems.length > 0 ? asked.form.typed : fresh,
    children: (
      <PostForm action="/reflection/audits">
        {before && <HiddenFields fields={{ again: before.id }} />}
        <TextField
          name="question"
          label="What do you want to know?"
          hint="For example: is there a plan for when things get worse?"
        />
        <TextArea
          name="criterion"
          label="What ought to be found in each record?"
          hint="So that 2 people looking at one record would agree"
          rows={3}
        />
        <FieldRow>
          <TextField name="standard" label="In how many of 100 records?" widthChars={3} />
          <TextField name="sample" label="How many records to look at?" widthChars={3} />
        </FieldRow>
        <Button>Open it and draw the sample</Button>
      </PostForm>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

/** The round that a new one follows. @throws Refused where it is not one of this place, or was followed already. */
async function roundBefore(visit: StaffVisit, asked: Asked): Promise<Audit | undefined> {
  const again = asked.form.text('again') || asked.query.text('again')
  if (!again) return undefined
  const all = await auditsHere(visit.db)
  const before = all.find(({ id }) => id === again)
  if (!before || all.some(({ reAuditOf }) => reAuditOf === again)) throw notForYou()
  return before
}

/** Opens a round in the caller's name and draws its sample. */
export async function sendNewAudit(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const before = await roundBefore(visit, asked)
  const read = readNewAudit(asked.form.text, before?.id)
  if (!read.ok) return newAudit(visit, asked, read.problems)
  const same = (await auditsHere(visit.db)).find(saysTheSame(read.value, visit))
  if (same) {
    const saved = 'This audit is open already. Nothing was drawn twice.'
    return { kind: 'go', to: `/reflection/audits/${same.id}`, saved }
  }
  const { id, drawn } = await insertAudit(visit.db, {
    ...read.value,
    placeId: visit.caller.organisation.id,
    by: visit.caller.staffId,
    at: visit.now,
  })
  return { kind: 'go', to: `/reflection/audits/${id}`, saved: `Opened. ${drawn} were drawn.` }
}

const saysTheSame = (typed: NewAudit, visit: StaffVisit) => (kept: Audit) =>
  !isFinished(kept) &&
  kept.question === typed.question &&
  kept.criterion === typed.criterion &&
  kept.standardPercent === typed.standardPercent &&
  kept.sampleAsked === typed.sampleAsked &&
  kept.reAuditOf === typed.reAuditOf &&
  londonDate(kept.openedAt) === visit.today
