const said = document.querySelector('#said');
const widget = document.querySelector('#closer');

widget.addEventListener('result', ({ detail }) => (said.textContent = detail.report.summary));
widget.addEventListener('error', ({ detail }) => (said.textContent = detail.message));
