// A page of ours as a tagged PDF: the same words, tables and drawings, made here, without a browser and without the network.
import { write } from './flow.ts'
import { findElement, hasClass, treeOf, wordsIn } from './html-tree.ts'
import { closeSheet, openSheet } from './sheet.ts'

/** What a document says of itself beside what its page says. */
export type PaperAbout = {
  readonly title: string
  /** At the foot of every page, before its number. */
  readonly foot: string
  readonly writtenAt: Date
}

/**
 * Makes a PDF of a page that this program drew: what stands in its main part, what is folded away unfolded, without its
 * buttons and forms. Headings, paragraphs, lists, tables with cells of heading, and drawings with their descriptions are
 * tagged in the order of reading; language and title are set; where the page says SYNTHETIC, every page of the document does.
 *
 * @param page whole HTML from renderPage.
 * @returns the bytes of the PDF: version 1.7, A4.
 * @throws Error if the page was not drawn by this program.
 */
export async function pdfOf(page: string, about: PaperAbout): Promise<Buffer> {
  const tree = treeOf(page)
  const main = findElement(tree, ({ tag }) => tag === 'main')
  if (!main) throw new Error('paper: the page has no main part')
  const stamp = findElement(main.children, (one) => hasClass(one, 'kw-stamp'))
  const banner = stamp ? stamp.children.map(wordsIn).join('  ').trim() : ''
  const asked = { ...about, banner }
  const writing = openSheet(asked)
  write(writing, main)
  return closeSheet(writing, asked)
}
