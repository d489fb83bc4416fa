// Dark where the reader's system is.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const dress = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", dress);
dress();

SwaggerUIBundle({ url: "openapi.json", dom_id: "#page", deepLinking: true });
