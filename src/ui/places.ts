import { type Html, html } from './html.ts'
import type { TabLink } from './types.ts'

/** Places to go as a list of links; where the reader is now is said so. */
export const placesIn = (places: readonly TabLink[]): readonly Html[] =>
  places.map(
    ({ href, label, isCurrent }) =>
      html`<li><a href="${href}"${isCurrent && html` aria-current="page"`}>${label}</a></li>`,
  )
