// The page a file of deals is chosen on: the file can be dropped, and shows how far it has come.

/** Makes the form's zone take a dropped file, and sends the form so that its progress is seen. */
export function takeDrops(form) {
  const zone = form.querySelector("[data-zone]");
  const input = form.querySelector("input[type=file]");
  form.querySelector("[data-drop-hint]").hidden = false;
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.dataset.over = "";
    });
  }
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => delete zone.dataset.over);
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

// `fetch` tells nothing of what was sent so far.
function send(form) {
  const [shown, button, refusal] = ["[data-progress]", "button", "[data-refusal]"].map((part) =>
    form.parentElement.querySelector(part),
  );
  const [bar, checking] = ["progress", "[data-checking]"].map((part) => shown.querySelector(part));
  if (button.ariaBusy === "true") return;
  const request = new XMLHttpRequest();
  const busy = (is) => {
    button.ariaBusy = is ? "true" : null;
    shown.hidden = !is;
    checking.hidden = true;
    bar.value = 0;
  };
  const refuse = (...parts) => {
    busy(false);
    refusal.replaceChildren(...parts);
    refusal.firstElementChild?.focus();
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = (100 * loaded) / total;
  });
  request.upload.addEventListener("load", () => {
    checking.hidden = false;
  });
  request.addEventListener("load", () => {
    // A file that was taken has a page of its own, to which the answer led.
    if (request.status < 400) {
      location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    refuse(page.querySelector("[data-refusal] > *") ?? page.querySelector("main .notice") ?? "");
  });
  request.addEventListener("error", () => {
    refuse(document.querySelector("template[data-unreachable]").content.cloneNode(true));
  });
  request.open("POST", form.action);
  request.setRequestHeader("accept", "text/html");
  busy(true);
  request.send(new FormData(form));
}
