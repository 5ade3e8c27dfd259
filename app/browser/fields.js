// Fields that are asked for only while another one holds a certain value.

/** Hides what a form does not ask for at present; what is hidden is not sent, and what is stored of it stays. */
export function showWhatFits(form) {
  // In the order of the form: what depends on a hidden field finds it switched off.
  const fields = [...form.querySelectorAll("[data-shown-when]")];
  const judge = () => {
    for (const field of fields) {
      const other = form.elements[field.dataset.shownWhen];
      const fits = other !== undefined && !other.disabled && field.dataset.shownFor.split(" ").includes(other.value);
      field.hidden = !fits;
      for (const input of field.querySelectorAll("input, select, textarea")) input.disabled = !fits;
    }
  };
  form.addEventListener("change", judge);
  judge();
}
