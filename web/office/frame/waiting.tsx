import { Box, Center, Loader } from '@mantine/core';

export function Waiting() {
  return (
    <Box component="output" display="block" aria-label="Loading">
      <Center mih="60vh">
        <Loader />
      </Center>
    </Box>
  );
}
