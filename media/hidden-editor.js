// The page of the read-safe editor. It holds a value only while a person looks at it, and keeps nothing when it is hidden.
(() => {
  const editor = acquireVsCodeApi();
  const byId = (id) => document.getElementById(id);
  let labels = {};

  const make = (tag, properties = {}, children = []) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const label = (name, detail) => (labels[name] ?? name).replace('{0}', detail ?? '');
  const button = (name, entry, act) => {
    const element = make('button', { type: 'button', textContent: label(name) });
    element.setAttribute('aria-label', label(`${name}Of`, entry.name));
    element.addEventListener('click', act);
    return element;
  };
  const ask = (type, entry, more = {}) => editor.postMessage({ type, id: entry.id, name: entry.name, ...more });

  /** The cell of a value: what is known of it, or the value for a while. */
  const described = (entry) => (entry.empty ? label('empty') : label('set'));

  const editForm = (entry, cell) => {
    const input = make('input', { type: 'password', autocomplete: 'off', spellcheck: false });
    input.setAttribute('aria-label', label('newValueOf', entry.name));
    const close = () => {
      cell.replaceChildren(described(entry));
      byId(`edit-${entry.id}`)?.focus();
    };
    const form = make('form', {}, [input, make('button', { type: 'submit', textContent: label('save') }), make('button', { type: 'button', textContent: label('cancel'), onclick: close })]);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      ask('set', entry, { value: input.value });
      close();
    });
    form.addEventListener('keydown', (event) => event.key === 'Escape' && close());
    cell.replaceChildren(form);
    input.focus();
  };

  const row = (entry, editable) => {
    const value = make('td', { id: `value-${entry.id}`, className: 'value', textContent: described(entry) });
    const buttons = entry.empty ? [] : [button('reveal', entry, () => ask('reveal', entry))];
    if (editable) {
      const edit = button('edit', entry, () => editForm(entry, value));
      edit.id = `edit-${entry.id}`;
      buttons.push(edit, button('remove', entry, () => ask('remove', entry)));
    }
    return make('tr', {}, [make('th', { scope: 'row', textContent: entry.name }), value, make('td', { textContent: label(entry.type) }), make('td', { textContent: String(entry.length), className: 'number' }), make('td', { className: 'buttons' }, buttons)]);
  };

  const addForm = () => {
    const name = make('input', { type: 'text', required: true, autocomplete: 'off', spellcheck: false, placeholder: label('name') });
    name.setAttribute('aria-label', label('name'));
    const value = make('input', { type: 'password', autocomplete: 'off', placeholder: label('value') });
    value.setAttribute('aria-label', label('value'));
    const form = byId('add');
    form.replaceChildren(name, value, make('button', { type: 'submit', textContent: label('add') }));
    form.onsubmit = (event) => {
      event.preventDefault();
      editor.postMessage({ type: 'add', name: name.value.trim(), value: value.value });
    };
  };

  const show = ({ note, editable, entries, labels: words }) => {
    labels = words;
    const focused = document.activeElement?.id;
    byId('note').textContent = note;
    byId('columns').replaceChildren(...['name', 'value', 'type', 'length', 'actions'].map((name) => make('th', { scope: 'col', textContent: label(name), className: name === 'length' ? 'number' : name === 'actions' ? 'buttons' : '' })));
    byId('entries').replaceChildren(...entries.map((entry) => row(entry, editable)));
    byId('add').hidden = !editable;
    if (editable) addForm();
    byId('actions').replaceChildren(make('button', { type: 'button', textContent: label('openText'), onclick: () => editor.postMessage({ type: 'openText' }) }));
    if (focused) byId(focused)?.focus();
  };

  const reveal = ({ id, value, seconds }) => {
    const cell = byId(`value-${id}`);
    if (!cell) return;
    const before = cell.textContent;
    const shown = make('code', { textContent: value, tabIndex: 0 });
    cell.replaceChildren(shown);
    setTimeout(() => shown.isConnected && cell.replaceChildren(before), seconds * 1000);
  };

  window.addEventListener('message', ({ data }) => {
    if (data.type === 'entries') show(data);
    else if (data.type === 'value') reveal(data);
    else if (data.type === 'status') byId('status').textContent = data.text;
  });
  editor.postMessage({ type: 'ready' });
})();
