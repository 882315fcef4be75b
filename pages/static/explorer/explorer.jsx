// The explorer page: GraphiQL with our examples in its tabs.

import { GraphiQL } from "graphiql";
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import "graphiql/style.css";
import { useEffect, useMemo, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { fetcherFor } from "./fetcher.js";
import { Journey } from "./journey.js";
import { RequiredHeader } from "./required-header.js";
import { shelfFor, tabsOf } from "./tabs.js";
import "./explorer.css";

globalThis.MonacoEnvironment = {
  getWorker(_id, label) {
    const name = ["json", "graphql"].includes(label) ? label : "editor";
    return new Worker(new URL(`./${name}.worker.js`, import.meta.url), { name: label });
  },
};

function Explorer({ page, examples }) {
  const journey = useMemo(() => new Journey(examples), [examples]);
  const [steps, setSteps] = useState([]);
  const requiredHeader = useMemo(() => page.requiredHeader && new RequiredHeader(page.requiredHeader), [page]);
  const options = { requiredHeader, onSteps: setSteps };
  const fetcher = useMemo(() => fetcherFor(page.endpoint, journey, options), [page, journey]);
  const reintrospect = useRef(() => {});
  return (
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={tabsOf(examples, page)}
      defaultHeaders={page.defaultHeaders}
      defaultEditorToolsVisibility={page.requiredHeader ? "headers" : "variables"}
      storage={shelfFor(page, examples)}
      shouldPersistHeaders={false}
      inputValueDeprecation
      onEditHeaders={() => reintrospect.current()}
    >
      <GraphiQL.Logo>
        <strong className="shop-name">Shopwright</strong> {page.title}
      </GraphiQL.Logo>
      {steps.length > 0 && (
        <GraphiQL.Footer>
          <p className="journey-steps" role="status">
            Ran first: {steps.join(", ")}.
          </p>
        </GraphiQL.Footer>
      )}
      <KeptVariables journey={journey} />
      {requiredHeader && <IntrospectWhenHeadersChange holder={reintrospect} />}
      {requiredHeader && <KeptHeader requiredHeader={requiredHeader} />}
    </GraphiQL>
  );
}

/** Shows what was kept: fills the empty variables of the tab in front. */
function KeptVariables({ journey }) {
  const editor = useGraphiQL((state) => state.variableEditor);
  const tab = useGraphiQL((state) => state.activeTabIndex);
  const variablesOfFirstTab = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.variables);
  useEffect(() => {
    if (editor?.getValue() === "" && variablesOfFirstTab) editor.setValue(variablesOfFirstTab); // GraphiQL leaves it out
  }, [editor]);
  useEffect(() => {
    const show = (replacing) => {
      const shown = parsed(editor?.getValue());
      const filled = shown && JSON.stringify(journey.filled(shown, { replacing }), null, 2);
      if (filled && filled !== JSON.stringify(shown, null, 2)) editor.setValue(filled);
    };
    show({});
    return journey.onKept(show);
  }, [editor, tab, journey]);
  return null;
}

/** Shows the header that was typed in another tab. */
function KeptHeader({ requiredHeader }) {
  const editor = useGraphiQL((state) => state.headerEditor);
  const tab = useGraphiQL((state) => state.activeTabIndex);
  useEffect(() => {
    const shown = editor?.getValue() ?? "";
    const filled = requiredHeader.filled(shown);
    if (editor && filled !== shown) editor.setValue(filled);
  }, [editor, tab, requiredHeader]);
  return null;
}

/** Reads the schema again once somebody has stopped typing the token that opens it. */
function IntrospectWhenHeadersChange({ holder }) {
  const { introspect } = useGraphiQLActions();
  useEffect(() => {
    let timer;
    holder.current = () => {
      clearTimeout(timer);
      timer = setTimeout(introspect, 600);
    };
    return () => clearTimeout(timer);
  }, [holder, introspect]);
  return null;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const place = document.getElementById("explorer");
const { examples, ...page } = await (await fetch(place.dataset.page)).json();
createRoot(place).render(<Explorer page={page} examples={examples} />);
