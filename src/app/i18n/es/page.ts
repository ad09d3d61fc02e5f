import type { PageTables } from '../parts';

/** What the page says before a photo is opened, in Spanish. */
export const tables: PageTables = {
  page: {
    'app.name': 'Enlarger',
    'open.button': 'Abrir foto',
    'open.folder': 'Abrir carpeta',
    'open.opening': 'Abriendo {name}…',
    'open.notFile':
      'Lo que soltó no es un archivo. Guarde primero la imagen y suelte después el archivo aquí.',
    'open.unreadable': 'No se pudo leer el archivo. Quizá se movió: use «Abrir foto».',
    'open.noSample': 'No se pudo cargar la muestra. Abra una foto suya.',
    'empty.title': 'Amplíe una foto, en su propio equipo.',
    'empty.drop': 'o suéltela en cualquier lugar, o péguela',
    'empty.sample': 'Probar una muestra',
    'empty.proof': 'Funciona sin conexión. No se sube nada: mire el panel de red.',
    'empty.before': 'Antes',
    'empty.after': 'Ampliada 4×',
    'empty.picture':
      'Parte de un JPEG pequeño de la cara de un gato: a la izquierda, borrosa y con manchas; a la derecha, nítida, tal como se amplió aquí.',
    'empty.can':
      'Pequeñas redes neuronales en su GPU, o en la CPU si no la hay. Se conservan los perfiles de color, los 16 bits y la transparencia; su archivo nunca se cambia sin que lo pida.',
    'session.kept': '{name} estaba abierta aquí.',
    'session.resume': 'Abrirla de nuevo',
    'session.forget': 'Olvidarla',
    'session.many': {
      one: 'Aquí había {count} foto; listas: {done}.',
      many: 'Aquí había {count} fotos; listas: {done}.',
      other: 'Aquí había {count} fotos; listas: {done}.',
    },
    'session.goOn': {
      one: 'Seguir con {count} foto',
      many: 'Seguir con {count} fotos',
      other: 'Seguir con {count} fotos',
    },
    'session.forgetMany': 'Olvidarlas',
    'session.clip': '{name} se estaba mejorando aquí.',
    'session.clipOn': 'Seguir con él',
    'session.clipChoose': 'Elegirlo de nuevo y seguir',
    'session.clipOther': 'Es otro archivo. Elija {name} para seguir con él.',
    'session.damaged':
      'No se pudo volver a leer la foto que estaba abierta aquí. Su archivo no ha cambiado: ábralo otra vez.',
    'share.large':
      'Lo compartido supera los 300 MB y no se guardó. Comparta una copia más pequeña o use «Abrir foto».',
    'share.empty':
      'Lo compartido no contiene ninguna imagen. Comparta una foto o use «Abrir foto».',
    'share.failed':
      'No se pudo guardar la foto compartida, quizá por falta de espacio. Use «Abrir foto».',
    'share.gone': 'La foto compartida ya no está aquí. Compártala de nuevo o use «Abrir foto».',
    'paste.press': 'Para pegar la imagen, pulse Ctrl+V (⌘V en un Mac).',
    'paste.empty': 'No hay ninguna imagen en el portapapeles. Copie una y péguela aquí.',
    'drop.overlay': 'Suelte para abrir',
    'room.failed':
      'No se pudo cargar una parte de esta página. Su archivo no ha cambiado: recargue la página y ábralo otra vez.',
    'fault.dismiss': 'Cerrar',
    'fault.retry': 'Reintentar',
    'more.button': 'Más',
    'guide.button': 'Guía',
    'guide.more': 'Lo que puede hacer y lo que no',
    'help.button': 'Atajos de teclado',
    'install.button': 'Instalar',
    'language.name': 'Idioma',
    'language.failed': 'No se pudo cargar este idioma: conéctese a internet y elíjalo de nuevo.',
    'framed.refused':
      'Enlarger no funciona dentro de otro sitio, que podría guiar sus pulsaciones. No se cargó ni se guardó nada.',
    'framed.open': 'Abrir Enlarger por separado',
    'storage.denied':
      'Este navegador no guarda nada para este sitio: las cookies o los datos de sitios están bloqueados. Todo funciona, pero se vuelve a cargar en cada visita.',
    'shelf.button': 'Guardado sin conexión',
    'update.ready': 'Hay una versión nueva lista.',
    'update.replaced': 'Esta página se actualizó en otra pestaña.',
    'update.notes': 'Novedades',
    'update.closes': 'Al recargar se cierra la foto: guarde antes lo que quiera conservar.',
    'update.waits': 'Podrá recargar cuando termine el trabajo.',
    'update.reload': 'Recargar',
    'update.later': 'Más tarde',
  },
};
