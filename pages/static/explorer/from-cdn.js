// The explorer page where no bundle was made: GraphiQL 4 and React stand in the window, put there by scripts held to their hashes.

import { fetcherFor } from "./fetcher.js";
import { Journey } from "./journey.js";
import { RequiredHeader } from "./required-header.js";
import { shelfFor, tabsOf } from "./tabs.js";

const { GraphiQL, React, ReactDOM } = window;
const place = document.getElementById("explorer");
const { examples, ...page } = await (await fetch(place.dataset.page)).json();
const requiredHeader = page.requiredHeader && new RequiredHeader(page.requiredHeader);
const explorer = React.createElement(GraphiQL, {
  fetcher: fetcherFor(page.endpoint, new Journey(examples), { requiredHeader }),
  defaultTabs: tabsOf(examples, page),
  defaultHeaders: page.defaultHeaders,
  defaultEditorToolsVisibility: page.requiredHeader ? "headers" : "variables",
  storage: shelfFor(page, examples),
  shouldPersistHeaders: false,
});
ReactDOM.createRoot(place).render(explorer);
