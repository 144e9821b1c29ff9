import type { Answer, Asked, StaffVisit } from '#access'
import { Button, ButtonRow, HiddenFields, PostForm, renderPage, Section, Tag } from '#ui'
import type { Caseload } from './hand-over-actions.ts'
import { handOverAddress } from './hand-over-page.tsx'
import {
  type HandOverDraft,
  handOverReasons,
  type Passing,
  passesWords,
  passingOf,
} from './hand-over-rules.ts'

/** Lists exactly who would pass to whom, and who would then hold more than the programme says. Nothing is kept. */
export function drawCheck(visit: StaffVisit, asked: Asked, held: Caseload, draft: HandOverDraft): Answer {
  const passing = passingOf(held.lines, draft)
  const left = held.lines.length - passing.length
  const { step: _, _csrf: __, ...typed } = asked.form.typed
  const reason = handOverReasons.find(({ code }) => code === draft.reason)?.words ?? ''
  const html = pageOf(visit, asked, held, {
    title: 'Check who goes to whom',
    lead: `${reason}. Nothing is kept yet.`,
    children: (
      <PostForm action={`${handOverAddress}/${held.fromId}`}>
        <HiddenFields fields={typed} />
        {byTaker(held, passing).map(({ key, name, elsewhere, lines, over }) => (
          <Section
            key={key}
            heading={elsewhere ? `To ${name}, ${elsewhere}` : `To ${name}`}
            count={lines.length}
          >
            {elsewhere && (
              <p>
                {visit.caller.organisation.name} can then open these people no more. Tasks that anybody here
                still has about them go to {name} too.
              </p>
            )}
            {over && (
              <p>
                <Tag colour="yellow">Over</Tag> {name} would hold {over.held} of {over.limit}.
              </p>
            )}
            <ul>
              {lines.map(({ line, words }) => (
                <li key={line.key}>
                  <b>{line.name}</b>
                  {line.died && ` (${line.died})`}: {passesWords(line)}
                  {words && <div className="kw-second">They are told: {words}</div>}
                </li>
              ))}
            </ul>
          </Section>
        ))}
        {left > 0 && (
          <p>
            <b>
              {left} {left === 1 ? 'line stays' : 'lines stay'} with {held.fromName}.
            </b>
          </p>
        )}
        <ButtonRow>
          <Button name="step" value="keep" quickKey="S">
            Hand over
          </Button>
          <Button kind="secondary" name="step" value="change">
            Go back and change
          </Button>
        </ButtonRow>
      </PostForm>
    ),
  })
  return { kind: 'page', html }
}

/** What passes, by who takes it on; `over` where they would then hold more open episodes than they may. */
export const byTaker = ({ takers }: Caseload, passing: readonly Passing[]) =>
  takers
    .map(({ key, name, elsewhere, load }) => {
      const lines = passing.filter(({ to }) => to === key)
      const held = (load?.held ?? 0) + lines.filter(({ line }) => line.episode).length
      return {
        key,
        name,
        elsewhere,
        lines,
        over: load && held > load.limit ? { held, limit: load.limit } : undefined,
      }
    })
    .filter(({ lines }) => lines.length > 0)

/** A page about what one colleague holds. */
export const pageOf = (
  visit: StaffVisit,
  asked: Asked,
  held: Caseload,
  own: Pick<Parameters<typeof renderPage>[0], 'lead' | 'problems' | 'typed' | 'children'> & {
    readonly title: string
  },
): string =>
  renderPage({
    furniture: asked.furniture,
    heading: held.fromName ? `${own.title}: ${held.fromName}` : own.title,
    caption: visit.caller.organisation.name,
    isStamped: true,
    back: { href: handOverAddress, words: 'Back to whose people are handed over' },
    ...own,
  })
