// Enhancement only: every page works without this file.
import { Button, createAll, ErrorSummary, SkipLink } from './nhsuk.js'

// NHS.UK's script looks for these before it starts.
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
// Its radios are left out: they put aria-expanded on an input, which no input may carry.
for (const part of [Button, ErrorSummary, SkipLink]) createAll(part)

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// As a slider is dragged, the part of the page made for where it stands is shown, and the others are not.
for (const slider of document.querySelectorAll('input[type="range"][data-shows]')) {
  slider.addEventListener('input', () => {
    for (const part of document.querySelectorAll(`[data-part="${slider.dataset.shows}"]`))
      part.hidden = part.dataset.at !== slider.value
  })
}

/** Alt+Shift and a letter go to, or press, the first thing on the page that carries that letter. */
document.addEventListener('keydown', (event) => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return
  if (document.body.dataset.quickKeys === 'off') return
  const letter = event.code.replace(/^Key/, '')
  const target = /^[A-Z]$/.test(letter) && document.querySelector(`[data-key="${letter}"]`)
  if (!target) return
  event.preventDefault()
  target.focus()
  if (target.matches('a, button')) target.click()
})
