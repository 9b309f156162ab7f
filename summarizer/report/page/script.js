"use strict";
(() => {
  const items = new Map([...document.querySelectorAll("[data-evidence]")].map((e) => [e.dataset.evidence, e]));
  const marks = [...document.querySelectorAll("[data-items]")];
  let lit = [];
  const clear = () => { for (const e of lit) e.classList.remove("lit"); lit = []; };
  const light = (elements, follow) => {
    clear();
    lit = elements;
    for (const e of elements) e.classList.add("lit");
    const pane = elements[0] && elements[0].closest(".pane");
    if (!follow || !pane || pane.scrollHeight <= pane.clientHeight) return;
    const box = elements[0].getBoundingClientRect(), frame = pane.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) pane.scrollTop += box.top - frame.top - pane.clientHeight / 3;
  };
  const ids = (mark) => mark.dataset.items.split(" ");
  const evidence = (id) => marks.filter((m) => ids(m).includes(id));
  const both = (element, enter) => {
    element.addEventListener("mouseenter", enter);
    element.addEventListener("focusin", enter);
    element.addEventListener("mouseleave", clear);
    element.addEventListener("focusout", clear);
  };
  for (const [id, element] of items) both(element, () => light(evidence(id), true));
  for (const mark of marks) {
    both(mark, () => light(ids(mark).map((id) => items.get(id)).filter(Boolean), true));
    mark.addEventListener("keydown", (e) => {
      if (e.key === "Enter") { const first = items.get(ids(mark)[0]); if (first) first.focus(); }
    });
  }
  for (const [id, element] of items) {
    element.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" || e.target !== element) return;
      const first = evidence(id).find((m) => m.tabIndex === 0) || evidence(id)[0];
      if (first) { first.tabIndex = 0; first.focus(); }
    });
  }
})();
