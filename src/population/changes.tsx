import type { Answer, Asked, StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import {
  Button,
  Chips,
  CountLine,
  DataTable,
  EmptyState,
  Paging,
  Panel,
  PostForm,
  renderPage,
  rowsAPage,
  Section,
  TextField,
} from '#ui'
import { saidReviewed } from './actions.ts'
import { changeCounts, openChanges, type PersonChanged } from './change-store.ts'
import { changeColumns } from './changed-people.tsx'
import {
  changeGroups,
  countToShow,
  deathSentences,
  type GroupKey,
  groupCounts,
  isGroup,
  unusualSentences,
} from './changes.ts'
import { LoadTabs, loadAsked, loadedWords, pageAsked, pageWithin, withFacts } from './one-load.tsx'
import type { LoadRow } from './store.ts'

type Seen = {
  readonly load: LoadRow
  readonly counts: Awaited<ReturnType<typeof changeCounts>>
  readonly group?: GroupKey
  readonly page: number | 'all'
  readonly words?: string
}

const mayName = (visit: StaffVisit) => visit.caller.activities.has('settle identities')

/** What a load changed against the one before it: counts for everybody who sees loads, names for those who settle identities. */
export async function changesPage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const words = asked.form.text('words') || undefined
  const load = await loadAsked(visit, asked)
  const asks = asked.query.text('show')
  const counts = await changeCounts(visit.db, load.id)
  const seen: Seen = {
    load,
    counts,
    words,
    group: isGroup(asks) ? asks : undefined,
    page: pageAsked(asked),
  }
  const body = load.before === null ? <FirstLoad load={load} /> : await changesPart(visit, seen)
  return {
    kind: 'page',
    html: renderPage({
      furniture: asked.furniture,
      title: 'What changed',
      caption: `Loaded ${loadedWords(load)}`,
      back: { href: '/population', words: 'Loads' },
      isStamped: true,
      children: (
        <>
          <LoadTabs load={load} current="changes" />
          {body}
        </>
      ),
    }),
  }
}

function FirstLoad({ load }: { readonly load: LoadRow }) {
  return (
    <EmptyState
      says={`This was the first load: all of its ${load.people.added.toLocaleString('en-GB')} people were new`}
    />
  )
}

async function changesPart(visit: StaffVisit, seen: Seen) {
  const { load, counts } = seen
  const unusual = unusualSentences(counts, load.people.known)
  const deaths = deathSentences(load.people.deaths ?? {}, (people) => countToShow(people, mayName(visit)))
  return (
    <>
      {unusual.length > 0 && (
        <Panel kind="caution" heading="More than usual changed">
          {unusual.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Panel>
      )}
      {deaths.length > 0 && (
        <Panel kind="caution" heading="Deaths that were not simply taken">
          {deaths.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Panel>
      )}
      <DataTable
        caption="People by what changed, against the load before"
        columns={[
          { head: 'What changed', cell: ({ words }) => words },
          { head: 'People', cell: ({ people }) => countToShow(people, mayName(visit)), isNumber: true },
        ]}
        rows={groupCounts(counts)}
        keyOf={({ words }) => words}
      />
      <ReviewPart visit={visit} load={load} />
      {mayName(visit) ? (
        await peoplePart(visit, seen)
      ) : (
        <p>Who they are is shown to those who settle identities.</p>
      )}
    </>
  )
}

function ReviewPart({ visit, load }: { readonly visit: StaffVisit; readonly load: LoadRow }) {
  if (load.reviewedAt)
    return (
      <Panel kind="neutral" heading="Looked at">
        <p>
          {load.reviewedByName} looked at these changes on {dateWords(londonDate(load.reviewedAt))}
          {load.remark ? `: ${load.remark}` : '.'}
        </p>
      </Panel>
    )
  if (!mayName(visit)) return <p>Nobody has said that they looked at these changes.</p>
  return (
    <Panel kind="decision" heading="Are these changes what you expect?">
      <p>The list is made from this load. If something is wrong, ask the supplier and load again.</p>
      <PostForm action={`/population/loads/${load.id}/review`}>
        <TextField name="remark" label="Remark" isOptional widthChars={30} />
        <Button>I have looked at these changes</Button>
      </PostForm>
    </Panel>
  )
}

async function peoplePart(visit: StaffVisit, { load, counts, group, page: wanted, words }: Seen) {
  const kinds = group ? changeGroups[group].kinds : Object.values(changeGroups).flatMap((one) => one.kinds)
  const asks = { loadId: load.id, kinds, words }
  const asked = await openChanges(visit.db, { ...asks, page: wanted })
  const page = pageWithin(wanted, asked.total)
  const { people, total } = page === wanted ? asked : await openChanges(visit.db, { ...asks, page })
  const here = `/population/loads/${load.id}/changes`
  const first = page === 'all' ? 1 : (page - 1) * rowsAPage + 1
  return (
    <Section heading="Who">
      <Chips
        chips={[
          { href: here, words: 'Anything', isCurrent: !group },
          ...groupCounts(counts).map(({ key, words: said, people: count }) => ({
            href: withFacts(here, { show: key }),
            words: said,
            count,
            isCurrent: key === group,
          })),
        ]}
      />
      <PostForm action={withFacts(here, { show: group })} layout="row">
        <TextField
          name="words"
          label="Family name, whole name or NHS number"
          value={words}
          labelSize="plain"
          widthChars={20}
          autoComplete="off"
        />
        <Button kind="secondary" isSmall>
          Find
        </Button>
      </PostForm>
      <CountLine
        from={total ? first : 0}
        to={first - 1 + people.length}
        total={total}
        orderedBy="by family name"
      />
      {people.length > 0 && (
        <DataTable<PersonChanged>
          caption="People this load changed"
          isCaptionHidden
          columns={changeColumns}
          rows={people}
          keyOf={({ id }) => id}
        />
      )}
      {!words && (
        <Paging page={page} total={total} hrefFor={(to) => withFacts(here, { show: group, page: to })} />
      )}
    </Section>
  )
}

/** Keeps that somebody looked. */
export async function reviewPost(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const load = await loadAsked(visit, asked)
  await saidReviewed(visit, load.id, asked.form.text('remark'))
  return {
    kind: 'go',
    to: `/population/loads/${load.id}/changes`,
    saved: 'Saved: you looked at these changes.',
  }
}
