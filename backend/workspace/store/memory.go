package store

// maxMemory bounds what the entities of one query may hold, in bytes as hold estimates them: about
// 200,000 of the smallest.
const maxMemory = 96 << 20

// memory is what entities read so far hold.
type memory int

// hold counts one more row, and refuses the one too many: what the answer needs follows the data, and a
// short query may ask for all of it several times over.
func (m *memory) hold(raw []any) error {
	n := 200 // the row itself, and what finds it
	for _, value := range raw {
		n += 64
		switch v := value.(type) {
		case string:
			n += len(v)
		case []byte:
			n += len(v)
		}
	}
	if *m += memory(n); *m > maxMemory {
		return invalid("the answer is too large; ask for it in pages, with limit and offset, or for less of each")
	}
	return nil
}
