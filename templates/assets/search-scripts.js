// Chinese and Japanese set no spaces between words, and Pagefind knows words by them: it is given each letter by itself
// (generator/search/scripts.py). A word is asked for as a phrase of letters, and what is shown loses the spaces again.

const DENSE = "\\u3000-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef\\u{20000}-\\u{3ffff}";
const RUN = new RegExp(`[${DENSE}]+`, "gu");
const ONLY_RUN = new RegExp(`^[${DENSE}]{2,}$`, "u");
const GAP = new RegExp(`(?<=[${DENSE}](?:</mark>)?)\\s+(?=(?:<mark>)?[${DENSE}])`, "gu");

// Words as they stand in the index; a run of letters that is the whole question is an exact phrase.
export function asIndexed(words) {
  const spaced = words.replace(RUN, (run) => ` ${[...run].join(" ")} `).replace(/\s+/g, " ").replace(/" | "/g, '"').trim();
  return ONLY_RUN.test(words) ? `"${spaced}"` : spaced;
}

// A text of the index as it stands on its page.
export function unspaced(text) {
  return text.replace(GAP, "");
}
