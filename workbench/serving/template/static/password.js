// Shows the password while its button is pressed in; without scripts there is no button.
const button = document.getElementById("show-password");
const field = document.getElementById("password");
const show = (shown) => {
  field.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
};
button.hidden = false;
button.addEventListener("click", () => show(field.type === "password"));
field.form.addEventListener("submit", () => show(false)); // browsers keep what was typed in plain fields
