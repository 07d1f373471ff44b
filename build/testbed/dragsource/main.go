//go:build linux

// Dragsource is a small window from which a file can be dragged, as from a file manager: dragsource FILE. It
// says on standard output when somebody took the file.
package main

/*
#cgo pkg-config: gtk+-3.0
#include <gtk/gtk.h>
#include <stdlib.h>

static char *uri;

static void give(GtkWidget *box, GdkDragContext *drag, GtkSelectionData *data, guint info, guint at, gpointer none) {
	char *uris[] = {uri, NULL};
	gtk_selection_data_set_uris(data, uris);
	g_print("taken\n");
}

static void run(const char *file) {
	gtk_init(NULL, NULL);
	uri = g_filename_to_uri(file, NULL, NULL);
	GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL), *box = gtk_event_box_new();
	gtk_window_set_title(GTK_WINDOW(window), "Drag source");
	gtk_window_set_default_size(GTK_WINDOW(window), 120, 60);
	gtk_window_set_keep_above(GTK_WINDOW(window), TRUE);
	gtk_container_add(GTK_CONTAINER(box), gtk_label_new("drag"));
	gtk_container_add(GTK_CONTAINER(window), box);
	GtkTargetEntry offered = {"text/uri-list", 0, 0};
	gtk_drag_source_set(box, GDK_BUTTON1_MASK, &offered, 1, GDK_ACTION_COPY);
	g_signal_connect(box, "drag-data-get", G_CALLBACK(give), NULL);
	g_signal_connect(window, "destroy", G_CALLBACK(gtk_main_quit), NULL);
	gtk_widget_show_all(window);
	gtk_main();
}
*/
import "C"

import (
	"os"
	"unsafe"
)

func main() {
	if len(os.Args) != 2 {
		os.Exit(2)
	}
	file := C.CString(os.Args[1])
	defer C.free(unsafe.Pointer(file))
	C.run(file)
}
