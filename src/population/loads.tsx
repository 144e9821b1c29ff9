import type { Answer, Asked, StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import { progress } from '#jobs'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  Panel,
  PostForm,
  renderPage,
  rowsAPage,
  Section,
  Tag,
  TextField,
} from '#ui'
import { askForLoad } from './actions.ts'
import { LoadTabs, loadedWords } from './one-load.tsx'
import { freshnessSentences } from './rules.ts'
import { type LoadRow, loads } from './store.ts'
import type { FileCount, Source } from './types.ts'

const number = (n: number) => n.toLocaleString('en-GB')
/** Every load with its counts; of the newest, file by file. */
export async function loadsPage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const all = await loads(visit.db)
  const [current, ...earlier] = all
  const underWay = (await progress(visit.db)).find(({ task }) => task === 'load')
  const mayLoad = visit.caller.activities.has('load data')
  return {
    kind: 'page',
    html: renderPage({
      furniture: asked.furniture,
      title: 'Loads',
      lead: current
        ? `The list speaks of ${dateWords(current.indexOn)}. ${freshnessSentences(current.sources, dateWords).join('. ')}.`
        : undefined,
      acts: mayLoad ? <Button href="/population/new">Load an extract</Button> : undefined,
      isStamped: true,
      children: (
        <>
          {underWay && (underWay.outcome === undefined || /^Nothing was loaded/.test(underWay.words)) && (
            <Panel kind={underWay.outcome ? 'caution' : 'neutral'} heading="The load asked for last">
              <p>
                {underWay.words}
                {underWay.outcome ? '' : ` (${Math.round(underWay.shareDone * 100)}%)`}
              </p>
            </Panel>
          )}
          {current ? <CurrentLoadPart load={current} /> : <EmptyState says="Nothing was loaded yet" />}
          {earlier.length > 0 && (
            <Section heading="Earlier loads" count={earlier.length}>
              <DataTable
                caption="Earlier loads"
                isCaptionHidden
                columns={earlierColumns}
                rows={earlier.slice(0, rowsAPage)}
                keyOf={({ id }) => id}
              />
            </Section>
          )}
        </>
      ),
    }),
  }
}

function CurrentLoadPart({ load }: { readonly load: LoadRow }) {
  const left = Object.entries(load.leftOut)
  return (
    <Section
      heading={`Loaded ${loadedWords(load)}`}
      acts={
        <>
          <a href="/population/quality">Data quality over time</a>{' '}
          <a href="/population/objections">Policy on objections</a>
        </>
      }
    >
      <LoadTabs load={load} />
      <DataTable
        caption="Rows by file"
        columns={fileColumns(load.sources)}
        rows={load.files}
        keyOf={({ file }) => file}
      />
      <p>
        {number(load.people.added)} people new, {number(load.people.known)} known, {number(load.people.ended)}{' '}
        no longer sent, {number(load.people.doubts)} doubtful identities.
      </p>
      {load.before !== null && <p>{reviewWords(load)}</p>}
      {left.length > 0 && (
        <p>
          Left out because they object:{' '}
          {left.map(([kind, people]) => `${number(people)} (${kind})`).join(', ')}.
        </p>
      )}
    </Section>
  )
}

const reviewWords = ({ reviewedByName, reviewedAt }: LoadRow) =>
  reviewedAt
    ? `${reviewedByName} looked at what changed on ${dateWords(londonDate(reviewedAt))}.`
    : 'Nobody has said yet that they looked at what changed.'

const unknowns = ({ unknownCodes }: FileCount) => {
  const all = Object.entries(unknownCodes)
  return all.length ? all.map(([column, rows]) => `${number(rows)} in ${column}`).join(', ') : 'none'
}

const fileColumns = (sources: readonly Source[]): readonly Column<FileCount>[] => [
  { head: 'File', cell: ({ file }) => file },
  {
    head: 'Covers to',
    cell: ({ file }) => {
      const source = sources.find((one) => one.file === file)
      return source ? dateWords(source.coversTo) : 'not stated'
    },
  },
  { head: 'Read', cell: ({ read }) => number(read), isNumber: true },
  { head: 'Taken', cell: ({ taken }) => number(taken), isNumber: true },
  {
    head: 'Refused',
    cell: ({ refused }) => (refused ? <Tag colour="orange">{number(refused)} refused</Tag> : '0'),
    isNumber: true,
  },
  { head: 'Codes not known', cell: unknowns },
]

const total = (load: LoadRow, of: 'read' | 'refused') => load.files.reduce((sum, file) => sum + file[of], 0)

const earlierColumns: readonly Column<LoadRow>[] = [
  { head: 'Loaded', cell: (load) => <a href={`/population/loads/${load.id}`}>{loadedWords(load)}</a> },
  { head: 'Speaks of', cell: ({ indexOn }) => dateWords(indexOn) },
  { head: 'Read', cell: (load) => number(total(load, 'read')), isNumber: true },
  { head: 'Refused', cell: (load) => number(total(load, 'refused')), isNumber: true },
]

/** Where somebody who may load names the folder. */
export function newLoadPage(
  asked: Asked,
  problems: readonly { field: string; message: string }[] = [],
): Answer {
  return {
    kind: 'page',
    status: problems.length ? 422 : 200,
    html: renderPage({
      furniture: asked.furniture,
      title: 'Load an extract',
      back: { href: '/population', words: 'Loads' },
      problems,
      typed: asked.form.typed,
      children: (
        <PostForm action="/population/new">
          <p>
            Put the folder with the extract into the folder <code>incoming</code> of this installation’s data
            folder first. What is there now stays in use until the load is done, and after it if anything is
            wrong.
          </p>
          <TextField
            name="folder"
            label="Name of the folder"
            hint="For example, extract-2026-04"
            widthChars={20}
          />
          <Button>Load</Button>
        </PostForm>
      ),
    }),
  }
}

export async function askToLoad(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const outcome = await askForLoad(visit, asked.form.text('folder'))
  if (!outcome.ok) return newLoadPage(asked, outcome.problems)
  return { kind: 'go', to: '/population', saved: 'The load is asked for. It begins within a minute.' }
}
