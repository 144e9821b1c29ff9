import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { PageContext } from './context.ts'
import { Button, HiddenFields, PostForm } from './form.tsx'
import { html, htmlText } from './html.ts'
import { formIn, LongTable, linkButtonIn, tagIn } from './long-table.tsx'
import { Tag } from './panels.tsx'
import { DataTable } from './rows.tsx'

const nasty = `<script>alert("x")</script> O'Neill & "Sons" <b onclick='x'>`

describe('a row of a long list', () => {
  test('shows what somebody typed as they typed it, never as part of the page', () => {
    const made = htmlText(html`<a href="${nasty}">${nasty}</a>${[html`<b>${nasty}</b>`]}`)
    expect(made).toBe(
      renderToStaticMarkup(
        <>
          <a href={nasty}>{nasty}</a>
          <b>{nasty}</b>
        </>,
      ),
    )
    expect(made).not.toContain('<script')
  })

  test('takes nothing for written that came from a file or a form', () => {
    const sent = JSON.parse('{"__html": "<script>", "html": "<script>"}')
    expect(() => html`${sent}`).toThrow()
    expect(htmlText(html`${undefined}${false}${0}`)).toBe('0')
  })

  test('is the same row as any other table has', () => {
    const head = { head: 'Stage "now"', width: 'middle' as const }
    const hidden = { head: 'Undo', isHeadHidden: true }
    const rows = [{ id: 'a', words: nasty }]
    const long = (
      <LongTable
        caption="People"
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          { ...head, cell: ({ words }) => html`${words}` },
          { ...head, cell: () => tagIn('orange', 'Overdue 1 day') },
          { ...hidden, cell: () => html`` },
        ]}
      />
    )
    const data = (
      <DataTable
        caption="People"
        isCaptionHidden
        density="list"
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          { ...head, cell: ({ words }) => words },
          { ...head, cell: () => <Tag colour="orange">Overdue 1 day</Tag> },
          { ...hidden, cell: () => null },
        ]}
      />
    )
    expect(renderToStaticMarkup(long)).toBe(renderToStaticMarkup(data))
  })

  test('of a few numbers stays a table on a telephone; of words, or of many numbers, becomes blocks', () => {
    const table = (heads: readonly string[], isNumber: boolean) =>
      renderToStaticMarkup(
        <DataTable
          caption="Use"
          rows={[{ id: 'a' }]}
          keyOf={({ id }) => id}
          columns={['Quarter', ...heads].map((head, at) => ({
            head,
            isNumber: isNumber && at > 0,
            cell: () => at,
          }))}
        />,
      )
    expect(table(['A', 'B', 'C', 'D'], true)).toContain('kw-table--figures')
    expect(table(['A', 'B', 'C', 'D', 'E'], true)).not.toContain('kw-table--figures')
    expect(table(['A', 'B'], false)).not.toContain('kw-table--figures')
  })

  test('has the same buttons and the same form, with its token, as any other page has', () => {
    const about = `about ${nasty}`
    expect(htmlText(linkButtonIn('/a?b&c', 'Accept', about))).toBe(
      renderToStaticMarkup(
        <Button kind="secondary" isSmall about={about} href="/a?b&c">
          Accept
        </Button>,
      ),
    )
    const fields = { _csrf: nasty, _person: 'a', seen: '1' }
    expect(htmlText(formIn({ action: '/a', fields, words: 'Undo', about }))).toBe(
      renderToStaticMarkup(
        <PageContext value={{ csrfToken: nasty, synthetic: true }}>
          <PostForm action="/a" personToken="a">
            <HiddenFields fields={{ seen: '1' }} />
            <Button kind="link" about={about}>
              Undo
            </Button>
          </PostForm>
        </PageContext>,
      ),
    )
  })
})
