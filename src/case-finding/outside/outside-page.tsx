import { type Answer, type Asked, notForYou, type Route, type StaffVisit } from '#access'
import { dateWords } from '#calendar'
import type { Report } from '#prediction'
import { DataTable, EmptyState, renderPage, Tag } from '#ui'
import { groupNames, type NameOf } from '../group-names.ts'
import { shareWords } from '../model/report-words.ts'
import { counted } from '../words.ts'
import { OutsideReportPage } from './outside-report.tsx'
import { kindWords } from './rules.ts'
import { outsideScore, outsideScores } from './store.ts'
import type { OutsideScore } from './types.ts'

const may = 'see evaluation'

/** Every score of somebody else's that came with the newest load, and whether it was held against what came. */
async function showScores(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const scores = await outsideScores(visit.db)
  const tested = scores.filter(({ report }) => report).length
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Scores of others',
    lead:
      scores.length === 0 ? undefined : (
        <>
          <b>
            {tested} of {counted(scores.length, 'score', 'scores')} tested here.
          </b>{' '}
          Each is shown beside a person with its day. None is in any rank of ours.
        </>
      ),
    back: { href: '/models', words: 'Models' },
    isStamped: true,
    children:
      scores.length === 0 ? (
        <EmptyState says="No score of another tool was loaded. Send it with the records, in a file called outside_scores.csv." />
      ) : (
        <Scores scores={scores} />
      ),
  })
  return { kind: 'page', html }
}

function Scores({ scores }: { readonly scores: readonly OutsideScore[] }) {
  return (
    <DataTable
      caption="Scores of others"
      isCaptionHidden
      density="list"
      rows={scores}
      keyOf={({ id }) => id}
      columns={[
        {
          head: 'Score',
          cell: ({ id, score, version }) => (
            <a href={`/models/outside/${id}`}>
              {score}, version {version}
            </a>
          ),
        },
        { head: 'What it is', cell: ({ facts }) => kindWords(facts), width: 'wide' },
        { head: 'Newest', cell: ({ facts }) => dateWords(facts.lastOn) },
        { head: 'Right in 100 pairs', cell: ({ report }) => (report ? shareWords(report.theirs.auc) : '') },
        {
          head: 'Ours, same people',
          cell: ({ report }) => (report?.ours ? shareWords(report.ours.figures.auc) : ''),
        },
        {
          head: 'Tested',
          cell: ({ report }) => (report ? 'Yes' : <Tag colour="yellow">Cannot tell yet</Tag>),
        },
      ]}
    />
  )
}

async function showScore(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const id = asked.params.score ?? ''
  const score = /^[0-9a-f-]{36}$/.test(id) ? await outsideScore(visit.db, id) : undefined
  if (!score) throw notForYou()
  const html = renderPage({
    furniture: asked.furniture,
    title: 'How good is this score here?',
    caption: `${score.score}, version ${score.version}, with the list of ${dateWords(score.indexOn)}`,
    back: { href: '/models/outside', words: 'Scores of others' },
    isStamped: true,
    children: <OutsideReportPage score={named(score, await groupNames(visit.db))} />,
  })
  return { kind: 'page', html }
}

/** As it is read: practices by their names, in theirs and in ours. */
function named(score: OutsideScore, nameOf: NameOf): OutsideScore {
  const { report } = score
  if (!report) return score
  const withNames = (figures: Report): Report => ({
    ...figures,
    subgroups: figures.subgroups.map((group) => ({ ...group, group: nameOf(group.group) })),
  })
  const { theirs, ours } = report
  return {
    ...score,
    report: {
      ...report,
      theirs: withNames(theirs),
      ...(ours && { ours: { ...ours, figures: withNames(ours.figures) } }),
    },
  }
}

/** The scores of other tools, and the report of each. */
export const outsideRoutes: readonly Route[] = [
  { method: 'GET', path: '/models/outside', may, answer: showScores },
  { method: 'GET', path: '/models/outside/:score', may, answer: showScore },
]
